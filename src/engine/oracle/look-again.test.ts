import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { commitmentText, type HeldOutContent } from '../../domain/evidence/held-out.ts';
import { WRONG } from '../../domain/goal/checks-submission.ts';
import type { Disputed } from '../../domain/goal/state.ts';
import { sha256Hex } from '../../proof/format/bytes.ts';
import { sealedName } from '../held-out/seal.ts';
import { fakeContext } from '../testing/fake-context.ts';
import { lookedAgain } from './look-again.ts';

const SEALED: Readonly<Record<string, string>> = {
  'test/doubted.test.js': 'assert.equal(add(1, 2), 4);\n',
  'test/right.test.js': 'assert.equal(add(2, 2), 4);\n',
};
const SOLUTION = { path: 'src/add.js', text: 'export const add = () => 0;\n' };

/** A session that looked again at one of two checks, and left these files. */
async function looked(left: Readonly<Record<string, string>>) {
  const { context, store, privately, session } = await fakeContext({
    doors: () => ({
      syntax: { read: async (sides: readonly object[]) => sides.map(() => ({ kind: 'not_read', why: 'no parser' })) },
    }),
  });
  const sealed = async (path: string, text: string) =>
    ({ path, mode: '100644', blob: await store.putBlob(Buffer.from(text)) }) as const;
  const content: HeldOutContent = {
    nonce: 'n',
    files: await Promise.all(Object.entries(SEALED).map(([path, text]) => sealed(path, text))),
    wrong: [await sealed(SOLUTION.path, SOLUTION.text)],
  };
  privately.set(sealedName(session.goal), JSON.stringify(content));
  const dispute = { commitment: sha256Hex(commitmentText(content)), paths: ['test/doubted.test.js'], why: [] };
  return lookedAgain(context, dispute as object as Disputed, (path) => left[path] ?? null);
}

const SAME = { ...SEALED, [WRONG + SOLUTION.path]: SOLUTION.text };

suite('a session that looks at checks again', () => {
  test('and leaves them as they were upholds them', async () => {
    assert.deepEqual(await looked(SAME), { kind: 'refused', why: ['the checks are as they were'], upheld: true });
  });

  test('may touch neither the other checks nor the wrong solution', async () => {
    for (const path of ['test/right.test.js', WRONG + SOLUTION.path])
      assert.deepEqual(await looked({ ...SAME, 'test/doubted.test.js': 'x', [path]: 'y' }), {
        kind: 'refused',
        why: [`${path} is not what may be wrong: put it back as it was`],
      });
  });

  test('may not remove the one in doubt', async () => {
    const { 'test/doubted.test.js': _gone, ...rest } = SAME;
    assert.deepEqual(await looked(rest), {
      kind: 'refused',
      why: ['test/doubted.test.js may be corrected, and not removed'],
    });
  });

  test('corrects nothing that no parser reads: whether it asserts as much cannot be seen', async () => {
    const found = await looked({ ...SAME, 'test/doubted.test.js': 'assert.equal(add(1, 2), 3);\n' });
    assert.ok(found.kind === 'refused' && !found.upheld);
    assert.match(found.why.join(), /^a corrected check asserts as much as before: .*test\/doubted\.test\.js/);
  });
});
