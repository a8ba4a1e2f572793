import { test } from 'node:test';
import assert from 'node:assert/strict';
import { add } from '../src/add.js';
test('adds', () => { assert.equal(add(2, 2), 4); });
test('zero', () => { assert.equal(add(0, 0), 0); });
