import { expect, test } from 'vitest';
import { Queue } from '../src/queue.js';

const filled = () => {
  const queue = new Queue();
  queue.push('first');
  queue.push('second');
  return queue;
};

test('the first comes out first', () => {
  expect(filled().take()).toBe('first');
});

test('it knows its size', () => {
  expect(filled().size).toBe(2);
});
