import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { StoreHarness } from './harness.ts';
import { hashOf } from '../log/seal.ts';
import { event, summary } from '../testing/fixtures.ts';

const DAMAGED = { code: 'STORE_CORRUPT', exit: 6 };

async function three({ store }: StoreHarness): Promise<readonly string[]> {
  await store.append('g-1', 0, [event('a'), event('b'), event('c')], summary('g-1'));
  return (await store.read('g-1')).map((line) => line.line);
}

const at = (lines: readonly string[], index: number): string => {
  const line = lines[index];
  assert.ok(line !== undefined);
  return line;
};

/** Seals again what follows, so that only the changed thing is wrong. */
function resealed(lines: readonly string[]): readonly string[] {
  const result: string[] = [];
  for (const line of lines) {
    const before = result.at(-1);
    result.push(before === undefined ? line : line.replace(/"prev":"[0-9a-f]{64}"/, `"prev":"${hashOf(before)}"`));
  }
  return result;
}

export function damageCases(harness: () => StoreHarness): void {
  it('reads a log that was sealed again', async () => {
    const lines = await three(harness());
    harness().tamper.log('g-1', resealed(lines));
    assert.equal((await harness().store.read('g-1')).length, 3);
  });

  it('tells a changed line, naming goal and seq, from any start', async () => {
    const { store, tamper } = harness();
    const lines = await three(harness());
    tamper.line('g-1', 1, at(lines, 1).replace('"b"', '"B"'));
    for (const from of [0, 1, 2])
      await assert.rejects(store.read('g-1', from), { ...DAMAGED, message: /goal g-1 at seq 1/ });
  });

  it('tells a changed last line, and appends nothing to it', async () => {
    const { store, tamper } = harness();
    tamper.line('g-1', 2, at(await three(harness()), 2).replace('"c"', '"C"'));
    await assert.rejects(store.read('g-1'), { ...DAMAGED, message: /seq 2/ });
    await assert.rejects(store.append('g-1', 3, [event('d')], summary('g-1')), DAMAGED);
  });

  it('tells a missing event: first, middle, last, all', async () => {
    for (const seqs of [[0], [1], [2], [0, 1, 2]]) {
      const { store, tamper } = harness();
      const goal = `g-${seqs.join('')}`;
      await store.append(goal, 0, [event('a'), event('b'), event('c')], summary(goal));
      for (const seq of seqs) tamper.remove(goal, seq);
      await assert.rejects(store.read(goal), DAMAGED, `without ${seqs}`);
    }
  });

  it('tells a cut-off end when asked only for what is new', async () => {
    const { store, tamper } = harness();
    await three(harness());
    tamper.remove('g-1', 2);
    await assert.rejects(store.read('g-1', 2), DAMAGED);
    await assert.rejects(store.append('g-1', 2, [event('d')], summary('g-1')), DAMAGED);
  });

  it('tells a broken chain whose lines each match their hash', async () => {
    const lines = await three(harness());
    harness().tamper.log('g-1', [at(lines, 0).replace('"a"', '"A"'), at(lines, 1), at(lines, 2)]);
    await assert.rejects(harness().store.read('g-1'), { ...DAMAGED, message: /seq 1 is damaged: the chain/ });
  });

  it('tells a first line that has a line before, and a wrong seq', async () => {
    const { store, tamper } = harness();
    const lines = await three(harness());
    tamper.log('g-1', [at(lines, 0).replace('0'.repeat(64), '1'.repeat(64))]);
    await assert.rejects(store.read('g-1'), DAMAGED);
    tamper.log('g-1', [at(lines, 0).replace('"seq":0', '"seq":7')]);
    await assert.rejects(store.read('g-1'), { ...DAMAGED, message: /seq 7/ });
  });

  it('tells a line that is not canonical, not JSON, or not an event', async () => {
    const { store, tamper } = harness();
    const line = at(await three(harness()), 0);
    const without = (member: RegExp): string => line.replace(member, '');
    const wrong = [
      line.replace(':', ': '),
      line.replace('{', '{"a":1.5,'),
      line.slice(1),
      '[]',
      'null',
      '{}',
      without(/,"ts":"[^"]*"/),
      line.replace('"v":2', '"v":0'),
    ];
    for (const text of [...wrong, line.replace(/"data":\{[^}]*\}/, '"data":null')]) {
      assert.notEqual(text, line);
      tamper.log('g-1', [text]);
      await assert.rejects(store.read('g-1'), DAMAGED, text);
    }
  });

  it('refuses an event of a newer version or of an unknown type, with a sentence', async () => {
    const { store, tamper } = harness();
    const lines = await three(harness());
    const expected = { code: 'STORE_NEWER', exit: 6, message: /was written by a newer omk/, fix: /update omk/ };
    tamper.log('g-1', resealed([at(lines, 0), at(lines, 1).replace('"v":2', '"v":3')]));
    await assert.rejects(store.read('g-1'), expected);
    tamper.log('g-1', resealed([at(lines, 0), at(lines, 1).replace('goal.paused', 'goal.dreamt')]));
    await assert.rejects(store.read('g-1'), expected);
    tamper.log('g-1', resealed([at(lines, 0), at(lines, 1).replace('goal.paused', 'toString')]));
    await assert.rejects(store.read('g-1'), expected);
  });
}
