import { test } from 'node:test';
import { same } from '../support/same.js';
import { add } from '../src/add.js';

test('adds', () => same(add(2, 3), 5));
