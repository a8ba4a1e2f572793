import { expect, test } from 'vitest';
import { Queue } from '../src/queue.js';

test('two come out in order', () => {
  const queue = new Queue();
  queue.push(1);
  queue.push(2);
  expect([queue.take(), queue.take()]).toMatchInlineSnapshot(`
    [
      1,
      2,
    ]
  `);
});
