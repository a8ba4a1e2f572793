import { expect, test } from 'vitest';
import { Queue } from '../src/queue.js';

test('the first comes out first', async () => {
  const queue = new Queue();
  queue.push('first');
  queue.push('second');
  await expect(JSON.stringify(queue.take())).toMatchFileSnapshot('../golden/queue.json');
});
