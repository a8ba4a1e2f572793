import assert from 'node:assert/strict';
import { test } from 'node:test';
import { price } from '../src/price.js';

test('takes the discount off', () => assert.equal(price(200, 50), 100));
