import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { TreeId } from '../../domain/ids.ts';
import type { Relocked } from '../../world/gates/port.ts';
import { makeBench, writeFiles } from '../../world/git/testing/repository.ts';
import { settle } from './settle.ts';

type Files = Readonly<Record<string, string>>;

const needs = (...names: readonly string[]): string =>
  `${JSON.stringify({ dependencies: Object.fromEntries(names.map((name) => [name, '1'])) }, null, 2)}\n`;

const LOCKED = Array.from({ length: 20 }, (_, index) => `line ${index}\n`);
const lock = (at: number, text: string): string => LOCKED.with(at, `${text}\n`).join('');

const BASE: Files = { 'package.json': needs('m'), 'package-lock.json': LOCKED.join(''), 'a.txt': 'a\n' };

/** What becomes of two changes where the package manager does as it is told here. */
async function settled(t: TestContext, ours: Files, theirs: Files, relocked: Relocked, base = BASE) {
  const { vault, pin, dir: root } = await makeBench(t, base);
  const treeOf = async (name: string, files: Files): Promise<TreeId> => {
    const dir = join(root, name);
    await vault.createWorktree(dir, pin.commit);
    writeFiles(dir, files);
    const request = { base: pin.tree, ref: `refs/omk/${name}`, layers: [], message: 'x', at: 0 };
    return (await vault.snapshot({ worktree: dir, ...request })).candidate;
  };
  const [onto, candidate] = [await treeOf('ours', ours), await treeOf('theirs', theirs)];
  const [merged] = await vault.mergeChain(onto, [{ base: pin.tree, candidate }]);
  assert.ok(merged);
  const asked: (string | null)[] = [];
  const result = await settle(vault, { onto, base: pin.tree, candidate }, merged, async (tree) => {
    asked.push(...(await vault.readTexts(tree, ['package.json', 'package-lock.json'])));
    return relocked;
  });
  const texts =
    result.kind === 'clean' ? await vault.readTexts(result.tree, ['package.json', 'package-lock.json', 'a.txt']) : [];
  return { result, texts, asked };
}

const OURS: Files = { 'package.json': needs('b', 'm'), 'package-lock.json': lock(3, 'ours') };
const THEIRS: Files = { 'package.json': needs('m', 'z'), 'package-lock.json': lock(3, 'theirs'), 'a.txt': 'their\n' };
const APART: Files = { ...THEIRS, 'package-lock.json': lock(15, 'theirs') };

test('the lock file is made again from the one of the head and the joined manifest, also where git would merge it', async (t) => {
  for (const theirs of [THEIRS, APART]) {
    const { result, texts, asked } = await settled(t, OURS, theirs, { kind: 'made', text: 'made\n' });
    assert.deepEqual(result.kind === 'clean' && result.remade, ['package-lock.json']);
    assert.deepEqual(texts, [needs('b', 'm', 'z'), 'made\n', 'their\n']);
    assert.deepEqual(asked, [needs('b', 'm', 'z'), OURS['package-lock.json']]);
  }
});

test('a lock file in a folder is made again for the manifest beside it, and stays as git merged it where that cannot be', async (t) => {
  const inFolder = (files: Files): Files =>
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`app/${path}`, text]));
  const [base, ours, theirs] = [inFolder(BASE), inFolder(OURS), inFolder(APART)];
  const made = await settled(t, ours, theirs, { kind: 'made', text: 'made\n' }, base);
  assert.deepEqual(made.result.kind === 'clean' && made.result.remade, ['app/package-lock.json']);
  const failed = { kind: 'failed', detail: 'no network' } as const;
  const kept = await settled(t, ours, { ...theirs, 'app/package.json': needs('b', 'm') }, failed, base);
  assert.deepEqual([kept.result.kind, kept.asked.length], ['clean', 2]);
  const { 'app/package.json': _, ...lockOnly } = theirs;
  const beside = await settled(t, ours, { ...lockOnly, 'lib/package.json': needs('q') }, failed, base);
  assert.deepEqual([beside.result.kind, beside.asked], ['clean', []], 'another manifest says nothing of it');
});

test('where it cannot be made again, the work conflicts, with the reason', async (t) => {
  const failed = { kind: 'failed', detail: 'npm install ended with exit code 1: no such package' } as const;
  for (const theirs of [THEIRS, APART]) {
    const { result } = await settled(t, OURS, theirs, failed);
    assert.equal(
      result.kind === 'conflict' && result.why,
      'package-lock.json cannot be made again for what both changes need: npm install ended with exit code 1: no such package',
    );
  }
});

test('a Gemfile.lock is merged as text, or conflicts with the reason: nobody makes it again', async (t) => {
  const asRuby = (files: Files): Files => ({
    Gemfile: files['package.json'] ?? '',
    'Gemfile.lock': files['package-lock.json'] ?? '',
  });
  const unknown = { kind: 'unknown' } as const;
  const manifest = { Gemfile: needs('b', 'm') };
  const [base, ours] = [asRuby(BASE), { ...asRuby(OURS), ...manifest }];
  const apart = await settled(t, ours, { ...asRuby(APART), ...manifest }, unknown, base);
  assert.ok(apart.result.kind === 'clean' && apart.result.remade === undefined);
  const { result } = await settled(t, ours, { ...asRuby(THEIRS), ...manifest }, unknown, base);
  assert.deepEqual(result.kind === 'conflict' && [result.paths, result.why], [
    ['Gemfile.lock'],
    'Gemfile.lock cannot be made again for what both changes need: ' +
      'Bundler has to run the Gemfile for it, and omk does not run that of a change',
  ]);
});

test('git’s merge stays where nobody can make the lock file, or no manifest changed with it', async (t) => {
  const unknown = await settled(
    t,
    OURS,
    { 'package.json': needs('b', 'm'), 'package-lock.json': lock(15, 'x') },
    { kind: 'unknown' },
  );
  assert.deepEqual([unknown.result.kind, unknown.texts[1]], ['clean', lock(3, 'ours').replace('line 15\n', 'x\n')]);
  const alone = await settled(t, OURS, { 'package-lock.json': lock(15, 'x') }, { kind: 'made', text: 'made\n' });
  assert.deepEqual([alone.result.kind, alone.asked], ['clean', []]);
  const other = await settled(t, { ...OURS, 'a.txt': 'our\n' }, THEIRS, { kind: 'made', text: 'made\n' });
  assert.deepEqual([other.result.kind === 'conflict' && other.result.paths.includes('a.txt'), other.asked], [true, []]);
});
