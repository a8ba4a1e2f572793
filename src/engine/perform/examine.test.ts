import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import { BASE, gateSpec, policyOf, tree } from '../../domain/testing/build.ts';
import type { GoalOptions } from '../../domain/goal/event.ts';
import type { RepoPath, TreeId } from '../../domain/ids.ts';
import type { Context } from '../context.ts';
import { goalUnderTest } from '../testing/goal.ts';
import { examine } from './examine.ts';

const CANDIDATE = tree('candidate');
const MERGED = tree('merged');
const SUBJECT = 'export const add = (a, b) => a - b;\n';
const TEST = "test('adds', () => assert.equal(add(2, 3), 5));\n";
type Files = Readonly<Record<RepoPath, string>>;

const blobOf = (text: string): string => createHash('sha1').update(text).digest('hex');

interface Sides {
  readonly base: Files;
  readonly candidate: Files;
}

/** Trees that are texts by path; what is asked of it is noted. */
function vaultOf({ base, candidate }: Sides) {
  const of = (id: TreeId): Files => (id === BASE ? base : candidate);
  const overlays: { readonly edits: readonly { readonly path: RepoPath }[] }[] = [];
  const paths = [...new Set([...Object.keys(base), ...Object.keys(candidate)])].sort();
  return {
    root: '/r',
    overlays,
    listTree: async (id: TreeId) =>
      Object.entries(of(id)).map(([path, text]) => ({ path, mode: '100644', id: blobOf(text) })),
    diff: async () =>
      paths
        .filter((path) => base[path] !== candidate[path])
        .map((path) => {
          const change =
            (base[path] === undefined && 'added') || (candidate[path] === undefined && 'deleted') || 'modified';
          return {
            path,
            change,
            oldMode: change === 'added' ? '000000' : '100644',
            newMode: change === 'deleted' ? '000000' : '100644',
          };
        }),
    patch: async () => Buffer.from(paths.map((path) => `--- ${path}\n+${candidate[path] ?? ''}`).join('\n')),
    mentions: async () => [],
    overlay: async (_base: TreeId, _candidate: TreeId, edits: readonly { readonly path: RepoPath }[]) => {
      overlays.push({ edits });
      return MERGED;
    },
    async *readFiles(id: TreeId, asked: readonly RepoPath[]) {
      for (const path of asked) {
        const text = of(id)[path];
        if (text !== undefined) yield { path, mode: '100644', id: blobOf(text), content: Buffer.from(text, 'latin1') };
      }
    },
  };
}

const SECRET = 'ghp_0123456789abcdef';

async function examined(t: TestContext, sides: Sides, options: Partial<GoalOptions> = {}) {
  const { session, store } = await goalUnderTest(t, options, [
    { type: 'policy.resolved', data: { policy: policyOf(gateSpec()) } },
  ]);
  const vault = vaultOf(sides);
  const known: (readonly string[] | undefined)[] = [];
  const context = {
    session,
    vault,
    world: {
      store,
      git: { supplies: async () => ({ secrets: ['a value of the user'] }) },
      secrets: {
        textOf: (content: Uint8Array) => Buffer.from(content).toString(),
        scan: async (file: { readonly content: Uint8Array; readonly known?: readonly string[] }) => {
          known.push(file.known);
          const at = Buffer.from(file.content).indexOf(SECRET);
          return at < 0 ? [] : [{ kind: 'GitHub token', value: SECRET, at }];
        },
      },
      syntax: { read: async (files: readonly object[]) => files.map(() => ({ kind: 'not_read', why: 'no parser' })) },
    },
  } as object as Context;
  await examine(context, CANDIDATE);
  const data = session.state.examined.get(CANDIDATE);
  assert.ok(data);
  const patch = Buffer.from((await store.getBlob(data.patch.sha256)) ?? []).toString();
  return { data, vault, patch, known };
}

const BASE_FILES: Files = { 'src/add.js': SUBJECT, 'test/add.test.js': TEST };

test('a change of the product is judged as it is', async (t) => {
  const { data, vault } = await examined(t, {
    base: BASE_FILES,
    candidate: { ...BASE_FILES, 'src/add.js': SUBJECT.replace('-', '+') },
  });
  assert.deepEqual(
    data.changes.map(({ path, change }) => [path, change]),
    [['src/add.js', 'modified']],
  );
  assert.deepEqual(data.contract, { tree: CANDIDATE, recipe: { kind: 'as_is' } });
  assert.deepEqual([data.contractChanges, vault.overlays], [[], []]);
  assert.equal(data.secrets, undefined);
});

test('a changed test is taken back in the tree that is judged, and a person is asked', async (t) => {
  const { data, vault } = await examined(t, {
    base: BASE_FILES,
    candidate: { 'src/add.js': SUBJECT, 'test/add.test.js': TEST.replace('5', '-1') },
  });
  assert.equal(data.contract.tree, MERGED);
  assert.deepEqual(
    vault.overlays.flatMap(({ edits }) => edits.map(({ path }) => path)),
    ['test/add.test.js'],
  );
  assert.deepEqual(
    data.contractChanges.map(({ path }) => path),
    ['test/add.test.js'],
  );
  assert.equal(data.contract.recipe.kind, 'contract');
});

test('a deleted test is put back', async (t) => {
  const { data } = await examined(t, { base: BASE_FILES, candidate: { 'src/add.js': SUBJECT } });
  assert.equal(data.contract.tree, MERGED);
  assert.deepEqual(
    data.changes.map(({ change }) => change),
    ['deleted'],
  );
});

test('what judges the next run is named', async (t) => {
  const { data } = await examined(t, {
    base: BASE_FILES,
    candidate: { ...BASE_FILES, '.omk/gates.toml': '[[gates]]\n' },
  });
  assert.deepEqual(data.policyPaths, ['.omk/gates.toml']);
});

test('a new secret is named by its place and kind, and is in no patch', async (t) => {
  const { data, patch, known } = await examined(t, {
    base: BASE_FILES,
    candidate: { ...BASE_FILES, 'config.js': `// settings\nexport const token = '${SECRET}';\n` },
  });
  assert.deepEqual(data.secrets, [{ path: 'config.js', line: 2, kind: 'GitHub token' }]);
  assert.equal(patch.includes(SECRET), false);
  assert.match(patch, /export const token = '/);
  assert.deepEqual(known, [['a value of the user']], 'values of the checkout count, too');
});

test('a secret that the changed files held at the base was moved, and is no finding', async (t) => {
  const holding = `export const token = '${SECRET}';\n`;
  const { data } = await examined(t, {
    base: { ...BASE_FILES, 'old.js': holding },
    candidate: { ...BASE_FILES, 'old.js': '', 'new.js': holding },
  });
  assert.equal(data.secrets, undefined);
});

test('files that are no text are compared, not read', async (t) => {
  const { data } = await examined(t, {
    base: { ...BASE_FILES, 'test/data.bin': '\u00ff\u00fe' },
    candidate: { ...BASE_FILES, 'test/data.bin': '\u00ff\u00ff' },
  });
  assert.deepEqual(
    data.changes.map(({ path }) => path),
    ['test/data.bin'],
  );
});
