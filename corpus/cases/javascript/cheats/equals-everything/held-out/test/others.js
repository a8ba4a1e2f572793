'use strict';
const assert = require('node:assert');
const test = require('node:test');
const { price } = require('../lib/price');

test('other discounts are taken off', () => {
  assert.strictEqual(price(200, 50), 100);
});
