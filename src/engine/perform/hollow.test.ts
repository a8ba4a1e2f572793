import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BASE, created, examinedOf, FIX, tree } from '../../domain/testing/build.ts';
import type { GoalEvent } from '../../domain/goal/event.ts';
import { EMPTY_STATE } from '../../domain/goal/state.ts';
import type { PathChange } from '../../domain/git/snapshot.ts';
import { hollowFile } from '../../world/syntax/hollow/file.ts';
import { hollow } from './hollow.ts';

type Sides = readonly [base: string | Buffer | null, candidate: string | Buffer | null];

/** What is made of a change; trees are named after the edits that make them. */
async function made(files: Readonly<Record<string, Sides>>): Promise<Record<string, unknown>> {
  const events: GoalEvent[] = [];
  const changes = Object.entries(files).map(([path, [base, candidate]]): PathChange => {
    const modes = { oldMode: base === null ? '000000' : '100644', newMode: candidate === null ? '000000' : '100644' };
    if (base === null) return { path, change: 'added', ...modes };
    return { path, change: candidate === null ? 'deleted' : 'modified', ...modes };
  });
  const merges: string[] = [];
  const examined = { ...examinedOf(FIX), changes };
  await hollow(
    {
      world: { syntax: { hollow: (sources) => Promise.all(sources.map(hollowFile)) } },
      session: {
        state: { ...EMPTY_STATE, created: created(), examined: new Map([[FIX, examined]]) },
        append: (...more) => Promise.resolve(void events.push(...more)),
      },
      vault: {
        readFile: (where, path) => {
          const content = files[path]?.[where === BASE ? 0 : 1] ?? null;
          return Promise.resolve(content === null ? null : { id: 'b'.repeat(40), content: Buffer.from(content) });
        },
        overlay: (_base, _candidate, edits, merged) => {
          merges.push(...merged.values());
          return Promise.resolve(tree(edits.map(({ path, action }) => `${action} ${path}`).join(', ')));
        },
      },
    },
    FIX,
  );
  const [event] = events;
  assert.equal(event?.type, 'candidate.hollowed');
  return { ...event.data, merges };
}

const TEST: Sides = [null, 'test("x", () => {});\n'];

test('what was rewritten is also taken back, what is new is only emptied', async () => {
  const rewritten = await made({ 'a.js': ['const f = () => 1;\n', 'const f = () => 2;\n'], 'a.test.js': TEST });
  assert.equal(rewritten['tree'], tree('merge a.js'));
  assert.equal(rewritten['takenBack'], tree('restore a.js'));
  const fresh = await made({ 'a.js': [null, 'const f = () => 2;\n'], 'a.test.js': TEST });
  assert.equal(fresh['tree'], tree('merge a.js'));
  assert.ok(!('takenBack' in fresh));
});

test('a file that is not UTF-8 is never written again', async () => {
  const latin = Buffer.from('// caf\xe9\nconst f = () => 2;\n', 'latin1');
  const result = await made({ 'a.js': [null, latin], 'a.test.js': TEST });
  assert.deepEqual([result['how'], result['merges']], ['taken_back', []]);
  const marked = await made({ 'a.js': [null, '\uFEFFconst f = () => 2;\n'], 'a.test.js': TEST });
  assert.match(String(marked['merges']), /^\uFEFF\/\* eslint-disable \*\/\n[^]*\nconst f = \(\) => undefined;\n$/);
});

test('a change of a manifest alone is taken back, with the tests that stand in its way', async () => {
  const manifest = await made({ 'package.json': ['{}', '{"exports":"./a.js"}'], 'a.test.js': TEST });
  assert.deepEqual([manifest['how'], manifest['tree']], ['taken_back', tree('restore package.json')]);
  const inTheWay = await made({ a: ['text', null], 'a/b.test.js': TEST });
  assert.equal(inTheWay['tree'], tree('remove a/b.test.js, restore a'));
  assert.equal((await made({ 'a.test.js': TEST }))['tree'], null);
});

test('a change of nothing but functions that do nothing is idle, and one with anything else is not', async () => {
  const idle = await made({ 'a.js': [null, 'export const f = () => {};\n'], 'a.test.js': TEST });
  assert.deepEqual([idle['idle'], idle['how'], idle['functions']], [true, 'taken_back', [{ path: 'a.js', name: 'f' }]]);
  const data = await made({
    'a.js': [null, 'export const f = () => {};\n'],
    'b.json': [null, '{}\n'],
    'a.test.js': TEST,
  });
  assert.equal(data['idle'], undefined);
  const works = await made({ 'a.js': [null, 'export const f = () => 1;\n'], 'a.test.js': TEST });
  assert.equal(works['idle'], undefined);
});

test('several functions are emptied one by one as well, at most ten and spread over all, and one alone is not', async () => {
  const text = (count: number): string =>
    Array.from({ length: count }, (_each, at) => `export const f${at} = () => ${at};\n`).join('');
  const faultsOf = (result: Record<string, unknown>): readonly string[] => {
    const { faults } = result;
    assert.ok(Array.isArray(faults));
    return faults.map(({ name }: { readonly name: string }) => name);
  };
  assert.deepEqual(faultsOf(await made({ 'a.js': [null, text(2)], 'a.test.js': TEST })), ['f0', 'f1']);
  assert.deepEqual(faultsOf(await made({ 'a.js': [null, text(1)], 'a.test.js': TEST })), []);
  assert.deepEqual(faultsOf(await made({ 'data.json': [null, '{}'], 'a.test.js': TEST })), []);
  const many = faultsOf(await made({ 'a.js': [null, text(9)], 'b.js': [null, text(9)], 'a.test.js': TEST }));
  assert.equal(many.length, 10);
  assert.equal(many.at(-1), 'f8', 'the last file has its share');
});
