import assert from 'node:assert/strict';

export const same = (actual, expected) => assert.equal(actual, expected);
