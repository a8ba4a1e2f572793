'use strict';
const assert = require('node:assert');
const test = require('node:test');
const { price, total } = require('../lib/price');

test('a discount is taken off', () => {
  assert.equal(price(1000, 25), 750);
});

test('nothing costs nothing', () => {
  assert.equal(total([]), 0);
});
