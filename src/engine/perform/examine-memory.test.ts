import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { BASE, exits, gateSpec, measurement, policyOf } from '../../domain/testing/build.ts';
import { fakeContext, type FakeOptions } from '../testing/fake-context.ts';
import type { Files } from '../testing/memory-vault.ts';
import { examine } from './examine.ts';

const FILES: Files = { 'src/add.js': 'export const add = (a, b) => a - b;\n', 'test/add.test.js': "test('adds');\n" };
const MENDED: Files = { ...FILES, 'src/add.js': 'export const add = (a, b) => a + b;\n' };

async function goalOf(doors: ReturnType<NonNullable<FakeOptions['doors']>> = {}) {
  const goal = await fakeContext({
    base: FILES,
    events: [
      { type: 'policy.resolved', data: { policy: policyOf(gateSpec()) } },
      { type: 'dependencies.prepared', data: { layer: null, detail: 'none' } },
      // A checker that complains: what switches it off is looked for.
      { type: 'gate.measured', data: measurement({ purpose: 'baseline', tree: BASE, ...exits(1) }) },
    ],
    doors: () => ({
      syntax: { read: async (files: readonly object[]) => files.map(() => ({ kind: 'not_read', why: 'no parser' })) },
      ...doors,
    }),
  });
  return { ...goal, examine: (files: Files) => examine(goal.context, goal.vault.treeWith(files)) };
}

suite('a candidate that is examined', () => {
  test('again after a crash gives the same, to the byte', async () => {
    const changed = { ...MENDED, 'test/add.test.js': "test.skip('adds');\n", 'test/more.test.js': "test('more');\n" };
    const [one, other] = [await goalOf(), await goalOf()];
    await one.examine(changed);
    await other.examine(changed);
    assert.deepEqual(one.appended(), other.appended());
    assert.equal(one.appended().length, 1);
  });

  test('is judged with the tests of the base on its code: what it changed of them is not there, its code is', async () => {
    const { examine, session, vault } = await goalOf();
    await examine({ ...MENDED, 'test/add.test.js': "test.skip('adds');\n" });
    const [examined] = session.state.examined.values();
    assert.deepEqual(vault.filesOf(examined?.contract.tree ?? ''), MENDED);
  });

  test('and deletes a test is judged with it', async () => {
    const { examine, session, vault } = await goalOf();
    const { 'test/add.test.js': _gone, ...rest } = MENDED;
    await examine(rest);
    const [examined] = session.state.examined.values();
    assert.deepEqual(vault.filesOf(examined?.contract.tree ?? ''), MENDED);
    assert.deepEqual(
      examined?.contractChanges.map(({ path }) => path),
      ['test/add.test.js'],
    );
  });

  for (const [door, broken] of [
    ['secrets', { secrets: { scan: () => Promise.reject(new Error('it broke')) } }],
    ['syntax', { syntax: { read: () => Promise.reject(new Error('it broke')) } }],
    ['git', { git: { supplies: () => Promise.reject(new Error('it broke')) } }],
  ] as const)
    test(`is not recorded when ${door} fails: what was not looked at is not said to be clean`, async () => {
      const { examine, appended } = await goalOf(broken);
      await assert.rejects(examine({ ...MENDED, 'test/add.test.js': "test('subtracts');\n" }), /it broke/);
      assert.deepEqual(appended(), []);
    });

  test('has no secret in anything that is kept of it: neither in its patch nor in what it turns off', async () => {
    const SECRET = 'ghp_0123456789abcdef';
    const { examine, appended, store, vault } = await goalOf({
      secrets: {
        scan: async ({ content }: { readonly content: Uint8Array }) => {
          const at = Buffer.from(content).indexOf(SECRET);
          return at < 0 ? [] : [{ kind: 'GitHub token', value: SECRET, at }];
        },
      },
    });
    const text = `export const token = '${SECRET}'; // eslint-disable-line ${SECRET}\n`;
    Object.assign(vault, { patch: async () => Buffer.from(`+${text}`) });
    await examine({ ...MENDED, 'src/config.js': text });
    const kept = [JSON.stringify(appended()), ...[...store.blobs.values()].map((blob) => Buffer.from(blob).toString())];
    assert.deepEqual(
      kept.filter((text) => text.includes(SECRET)),
      [],
    );
    assert.match(kept[0] ?? '', /"kind":"GitHub token"/);
    assert.match(kept[0] ?? '', /"suppressions":\[.*eslint-disable-line/);
    assert.match(kept[1] ?? '', /export const token/);
  });
});
