import { test } from 'node:test';

for (let i = 0; i < 5; i += 1) test(`adds ${i}`, () => {});
