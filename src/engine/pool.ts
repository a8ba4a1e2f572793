/**
 * Runs `work` on every item, those that fit into `width` at once; settles when all have settled, in the order of the items.
 * They start in their order, so that a heavy one is not put off for ever; one that is heavier than all the width runs alone.
 */
export async function pooled<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<R>,
  weightOf: (item: T) => number = () => 1,
): Promise<readonly PromiseSettledResult<R>[]> {
  const room = Math.max(1, width);
  const results: PromiseSettledResult<R>[] = [];
  const running = new Set<Promise<void>>();
  let used = 0;
  for (const [index, item] of items.entries()) {
    const weight = Math.min(room, Math.max(1, weightOf(item)));
    while (used + weight > room) await Promise.race(running);
    used += weight;
    const done: Promise<void> = work(item)
      .then(
        (value) => ({ status: 'fulfilled' as const, value }),
        (reason: unknown) => ({ status: 'rejected' as const, reason }),
      )
      .then((result) => {
        results[index] = result;
        used -= weight;
        running.delete(done);
      });
    running.add(done);
  }
  await Promise.all(running);
  return results;
}
