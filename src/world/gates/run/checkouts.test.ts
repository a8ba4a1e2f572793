import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeBench } from '../testing/bench.ts';
import { without } from '../testing/tools.ts';

const LOOK =
  "const fs = require('fs'); process.stdout.write(['left', 'empty', 'a'].filter((name) => fs.existsSync(name)).join(' '))";
const BASE = {
  a: '1',
  'look.js': LOOK,
  'write.js': "require('fs').writeFileSync('left', '')",
  'folder.js': "require('fs').mkdirSync('empty')",
};
const CANDIDATE = { ...BASE, a: '2' };

const skip = without('bwrap', '--ro-bind', '/', '/', 'true');

async function bench(t: { after(work: () => Promise<void>): void }) {
  const made = await makeBench({ sandbox: 'auto', trees: { base: BASE, candidate: CANDIDATE } });
  t.after(made.remove);
  const moves: string[] = [];
  const checkouts: string[] = [];
  const vault: typeof made.vault = {
    ...made.vault,
    checkout: (tree, dir, index) => (checkouts.push(tree), made.vault.checkout(tree, dir, index)),
    moveCheckout: (tree, dir, index, from) => (moves.push(tree), made.vault.moveCheckout(tree, dir, index, from)),
  };
  const settled = async (isSo: () => boolean): Promise<void> => {
    while (!isSo()) await new Promise(setImmediate);
  };
  return { ...made, vault, moves, checkouts, settled };
}

test('a checkout in which only the base ran is moved on to the candidate', { skip }, async (t) => {
  const { run, vault, moves, checkouts, leftovers } = await bench(t);
  await run('node look.js', 'base', { purpose: 'baseline', vault });
  const judged = await run('node look.js', 'candidate', { vault });
  assert.deepEqual([checkouts, moves], [['base'], ['candidate']]);
  assert.equal(judged.tail.trim(), 'a');
  assert.deepEqual(await leftovers(), []);
});

test(
  'a checkout whose looks cannot be taken is moved on all the same, and compared as a whole',
  { skip },
  async (t) => {
    const { run, vault, moves, leftovers } = await bench(t);
    const blind: typeof vault = { ...vault, stamps: () => Promise.reject(new Error('no looks')) };
    await run('node look.js', 'base', { purpose: 'baseline', vault: blind });
    assert.deepEqual((await run('node look.js', 'candidate', { vault: blind })).changed, []);
    assert.deepEqual(moves, ['candidate']);
    assert.deepEqual(await leftovers(), []);
  },
);

test('a checkout that a gate wrote to is used by nobody else', { skip }, async (t) => {
  for (const program of ['write.js', 'folder.js']) {
    const { run, vault, moves, checkouts } = await bench(t);
    await run(`node ${program}`, 'base', { purpose: 'baseline', vault });
    await run('node look.js', 'candidate', { vault });
    assert.deepEqual([checkouts, moves], [['base', 'candidate'], []], program);
  }
});

test('a checkout in which a candidate ran is used by nobody else', { skip }, async (t) => {
  const { run, vault, moves, checkouts } = await bench(t);
  await run('node look.js', 'candidate', { vault });
  await run('node look.js', 'candidate', { vault });
  assert.deepEqual([checkouts, moves], [['candidate', 'candidate'], []]);
});

test('without a sandbox every run has a checkout of its own', async (t) => {
  const made = await makeBench({ sandbox: 'none', trees: { base: BASE } });
  t.after(made.remove);
  const moves: string[] = [];
  const vault: typeof made.vault = {
    ...made.vault,
    moveCheckout: (tree, dir, index, from) => (moves.push(tree), made.vault.moveCheckout(tree, dir, index, from)),
  };
  await made.run('node look.js', 'base', { purpose: 'baseline', vault });
  await made.run('node look.js', 'base', { purpose: 'baseline', vault });
  assert.deepEqual(moves, []);
});

test('checkouts of the base are made before they are needed', { skip }, async (t) => {
  const { run, gates, vault, moves, checkouts, leftovers, settled } = await bench(t);
  gates.whileIdle();
  const without = await run('node write.js', 'base', { purpose: 'baseline', vault, base: 'base' });
  assert.deepEqual([without.created, checkouts], [['left'], ['base']]);
  gates.whileIdle();
  await settled(() => checkouts.length === 5);
  const judged = await run('node look.js', 'candidate', { vault, base: 'base' });
  assert.deepEqual([judged.tail.trim(), judged.changed, moves], ['a', [], ['candidate']]);
  const writes = await run('node write.js', 'candidate', { vault, base: 'base' });
  assert.deepEqual([writes.created, moves.length, new Set(checkouts)], [['left'], 2, new Set(['base'])]);
  assert.deepEqual(await leftovers(), []);
});

test('a checkout that somebody wrote to while it was made is no spare', { skip }, async (t) => {
  const { run, gates, vault, moves, leftovers, settled } = await bench(t);
  let made = 0;
  let compared = 0;
  const tampered: typeof vault = {
    ...vault,
    async checkout(tree, dir, index) {
      await vault.checkout(tree, dir, index);
      made += 1;
      if (made === 2) await writeFile(join(dir, 'write.js'), '');
    },
    async compare(...asked) {
      const found = await vault.compare(...asked);
      compared += 1;
      return found;
    },
  };
  await run('node write.js', 'base', { purpose: 'baseline', vault: tampered, base: 'base' });
  gates.whileIdle();
  await settled(() => compared === 2);
  await run('node look.js', 'candidate', { vault: tampered, base: 'base' });
  assert.deepEqual([moves, made], [[], 3]);
  assert.deepEqual(await leftovers(), []);
});

test('no checkout is made beforehand without a sandbox', async (t) => {
  const made = await makeBench({ sandbox: 'none', trees: { base: BASE } });
  t.after(made.remove);
  const checkouts: string[] = [];
  const vault: typeof made.vault = {
    ...made.vault,
    checkout: (tree, dir, index) => (checkouts.push(tree), made.vault.checkout(tree, dir, index)),
  };
  await made.run('node look.js', 'base', { purpose: 'baseline', vault, base: 'base' });
  made.gates.whileIdle();
  assert.deepEqual(await made.leftovers(), []);
  assert.deepEqual(checkouts, ['base']);
});

test('what is left of a run without a sandbox goes at once, so that the next one cannot find it', async (t) => {
  const made = await makeBench({ sandbox: 'none', trees: { base: BASE } });
  t.after(made.remove);
  await made.run('node look.js', 'base', { vault: made.vault });
  const runs = join(made.stateDir, 'tmp', 'gates');
  while (readdirSync(runs).length > 0) await new Promise(setImmediate);
});
