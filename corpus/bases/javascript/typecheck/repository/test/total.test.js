import assert from 'node:assert/strict';
import { test } from 'node:test';
import { total } from '../src/total.js';

test('adds them up', () => assert.equal(total([1, 2]), 3));
