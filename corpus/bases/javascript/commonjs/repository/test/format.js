'use strict';
const assert = require('node:assert');
const test = require('node:test');
const { format } = require('../lib/format');

test('cents are euros', () => {
  assert.strictEqual(format(750), '7.50 €');
});
