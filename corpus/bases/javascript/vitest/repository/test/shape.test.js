import { expect, test } from 'vitest';
import { Queue } from '../src/queue.js';

test('an empty queue', () => {
  const queue = new Queue();
  expect({ size: queue.size, next: queue.take() ?? null }).toMatchSnapshot();
});
