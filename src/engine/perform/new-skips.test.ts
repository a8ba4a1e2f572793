import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Measurement } from '../../domain/gates/evidence.ts';
import { BASE, examinedOf, FIX, measurement, shows, tree } from '../../domain/testing/build.ts';
import type { PathChange } from '../../domain/git/snapshot.ts';
import { fakeContext } from '../testing/fake-context.ts';
import type { Files } from '../testing/memory-vault.ts';
import { unexplainedSkips } from './new-skips.ts';

const CONTRACT = tree('contract');
const PLAIN: Files = { 'test/a.test.js': "test('adds', () => check());\n", 'src/a.js': 'a\n' };
const BASELINE = measurement({ purpose: 'baseline', round: 1, tree: BASE, ...shows({ passed: ['other'] }) });

interface Skipping {
  readonly base?: Files;
  readonly changes?: readonly PathChange[];
  readonly known?: Partial<Measurement>;
}

/** What is found of a run of the contract in which these tests were skipped. */
async function skipped(
  ids: readonly string[],
  { base = PLAIN, changes = [], known = {} }: Skipping = {},
  run: Partial<Measurement> = {},
) {
  const examined = new Map([[FIX, { ...examinedOf(FIX, { contract: CONTRACT }), changes }]]);
  const goal = await fakeContext({
    base,
    state: { examined, measurements: [{ ...BASELINE, ...known }] },
    doors: () => ({
      syntax: { read: async (files: readonly object[]) => files.map(() => ({ kind: 'not_read', why: 'x' })) },
    }),
  });
  const measured = measurement({
    purpose: 'contract',
    tree: CONTRACT,
    ...shows({ passed: ['other'], skipped: ids }),
    ...run,
  });
  return (await unexplainedSkips(goal.context, measured)).unexplainedSkips ?? [];
}

suite('a test that a run of the contract skipped', () => {
  test('and that nothing of the base asks to skip was skipped by the code under test', async () => {
    assert.deepEqual(await skipped(['test/a.test.js > adds']), ['test/a.test.js > adds']);
  });

  test('is explained where the text of the base skips it', async () => {
    const base = { ...PLAIN, 'test/a.test.js': "test.skip('adds', () => check());\n" };
    assert.deepEqual(await skipped(['test/a.test.js > adds'], { base }), []);
  });

  test('is explained where the base showed it already', async () => {
    const known = shows({ passed: [], skipped: ['test/a.test.js > adds'] });
    assert.deepEqual(await skipped(['test/a.test.js > adds'], { known }), []);
  });

  test('that nothing of the base declares is the candidate’s own', async () => {
    assert.deepEqual(await skipped(['test/new.test.js > brand new name']), []);
  });

  test('in the documentation of a file that changed is of the change', async () => {
    const changes: readonly PathChange[] = [
      { path: 'src/a.js', change: 'modified', oldMode: '100644', newMode: '100644' },
    ];
    assert.deepEqual(await skipped(['src/a.js - adds (line 1)'], { changes }), []);
  });

  test('is not looked for in other runs, nor on other trees', async () => {
    for (const run of [{ purpose: 'candidate' }, { tree: FIX }] as const)
      assert.deepEqual(await skipped(['test/a.test.js > adds'], {}, run), []);
  });
});
