import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { OmkError } from '../../domain/error.ts';
import type { HeldOutOptions } from '../../domain/evidence/held-out.ts';
import { BASE } from '../../domain/testing/build.ts';
import { fakeContext, type Faked } from '../testing/fake-context.ts';
import { sealHeldOut, sealedName, type HeldOutRequest } from './seal.ts';
import { hiddenTexts, layHeldOut, unseal } from './unseal.ts';
import { freeze, withVisible } from './visible.ts';

const file = (path: string, text: string) => ({ path, mode: '100644', content: Buffer.from(text) }) as const;
const CHECKS = [file('test/hidden.test.js', 'hidden'), file('test/seen.test.js', 'seen')];
const FILES = { 'src/a.js': 'a\n', 'test/seen.test.js': 'of the base' };

/** Checks of a goal as they are kept before it begins, and the goal that has them. */
async function sealed(request: Partial<HeldOutRequest> = {}) {
  const before = await fakeContext({ base: FILES });
  const heldOut = await seal(before, request);
  const goal = await fakeContext({ base: FILES, options: { heldOut } });
  for (const content of before.store.blobs.values()) await goal.store.putBlob(content);
  for (const [name, text] of before.privately) goal.privately.set(name, text);
  return { ...goal, heldOut };
}

const seal = ({ context, vault, session }: Faked, request: Partial<HeldOutRequest>): Promise<HeldOutOptions> =>
  sealHeldOut(
    context.world,
    vault,
    { goal: session.goal, base: BASE },
    { files: CHECKS, wrong: null, visible: new Set(['test/seen.test.js']), hidden: ['/home/user/checks'], ...request },
  );

suite('held-out checks are sealed', () => {
  test('options say which there are and which replace files of the base, and not what they hold', async () => {
    const { heldOut } = await sealed();
    assert.deepEqual(heldOut.paths, ['test/hidden.test.js', 'test/seen.test.js']);
    assert.deepEqual(heldOut.replaces, ['test/seen.test.js']);
    assert.deepEqual(
      heldOut.visible?.map(({ path }) => path),
      ['test/seen.test.js'],
    );
    assert.equal(heldOut.oracle, BASE);
    assert.deepEqual(heldOut.hidden, ['/home/user/checks']);
    assert.doesNotMatch(JSON.stringify(heldOut), /"hidden":"|seen"\}/);
  });

  test('a wrong solution is kept file by file, with those that it takes away', async () => {
    const wrong = { kind: 'files', files: [file('src/a.js', 'wrong\n')] } as const;
    const { heldOut, vault, privately, session } = await sealed({ wrong });
    assert.notEqual(heldOut.oracle, BASE);
    const content = JSON.parse(privately.get(sealedName(session.goal)) ?? '');
    assert.deepEqual(
      content.wrong.map(({ path, mode }: { path: string; mode: string }) => [path, mode]),
      [['src/a.js', '100644']],
    );
    assert.equal(vault.filesOf(BASE)['src/a.js'], 'a\n');
  });

  test('a wrong solution that is the base shows nothing and is refused', async () => {
    const same = { kind: 'files', files: [file('src/a.js', 'a\n')] } as const;
    await assert.rejects(seal(await fakeContext({ base: FILES }), { wrong: same }), { code: 'HELD_OUT_WRONG_INVALID' });
  });

  test('a patch that does not apply is the fault of its flag, and any other failure stays what it is', async () => {
    const goal = await fakeContext({ base: FILES });
    const failing = (error: Error) => ({ ...goal, vault: { ...goal.vault, patched: () => Promise.reject(error) } });
    const patch = { kind: 'patch', patch: Buffer.from('x') } as const;
    const not = new OmkError('PATCH_DOES_NOT_APPLY', 'it does not', 'x');
    await assert.rejects(seal(failing(not), { wrong: patch }), { code: 'HELD_OUT_WRONG_INVALID', cause: not });
    const full = new OmkError('DISK_FULL', 'no space', 'x');
    await assert.rejects(seal(failing(full), { wrong: patch }), full);
  });

  test('a wrong solution that changes what is no file is refused', async () => {
    const goal = await fakeContext({ base: FILES });
    const submodule = [{ path: 'lib', change: 'modified', oldMode: '160000', newMode: '160000' }] as const;
    const vault = { ...goal.vault, diff: async () => submodule };
    const wrong = { kind: 'files', files: [file('lib', 'x')] } as const;
    await assert.rejects(seal({ ...goal, vault }, { wrong }), { code: 'HELD_OUT_WRONG_INVALID', message: /'lib'/ });
  });
});

suite('sealed checks are taken out', () => {
  test('as they were committed to, and laid over a tree', async () => {
    const { context, vault } = await sealed();
    const { files } = await unseal(context);
    assert.deepEqual(
      files.map(({ path }) => path),
      ['test/hidden.test.js', 'test/seen.test.js'],
    );
    assert.deepEqual(vault.filesOf(await layHeldOut(context, BASE)), {
      'src/a.js': 'a\n',
      'test/hidden.test.js': 'hidden',
      'test/seen.test.js': 'seen',
    });
  });

  test('only those that no agent sees are handed out as texts', async () => {
    const { context } = await sealed();
    assert.deepEqual(await hiddenTexts(context), [{ path: 'test/hidden.test.js', text: 'hidden' }]);
  });

  for (const [name, change] of [
    ['gone', ({ privately }: Faked) => privately.clear()],
    ['no JSON', ({ privately, session }: Faked) => void privately.set(sealedName(session.goal), '{')],
    [
      'others than those',
      ({ privately, session }: Faked) => {
        const at = sealedName(session.goal);
        privately.set(at, (privately.get(at) ?? '').replace('hidden.test.js', 'other.test.js'));
      },
    ],
  ] as const)
    test(`a file that is ${name} is HELD_OUT_LOST, and never no checks`, async () => {
      const goal = await sealed();
      change(goal);
      await assert.rejects(unseal(goal.context), { code: 'HELD_OUT_LOST' });
      await assert.rejects(layHeldOut(goal.context, BASE), { code: 'HELD_OUT_LOST' });
    });

  test('so is a check whose content is gone', async () => {
    const { context, heldOut } = await sealed();
    const store = { ...context.world.store, getBlob: async () => null };
    const broken = { ...context, world: { ...context.world, store } };
    await assert.rejects(layHeldOut(broken, BASE), { code: 'HELD_OUT_LOST' });
    assert.equal(heldOut.paths.length, 2);
  });
});

suite('checks that the agent sees', () => {
  test('are in what it starts from, as a commit on the base', async () => {
    const { context, session, vault } = await sealed();
    const start = await withVisible(context, session.state, { commit: 'c', tree: BASE });
    assert.equal(vault.filesOf(start.tree)['test/seen.test.js'], 'seen');
    assert.equal(vault.filesOf(start.tree)['test/hidden.test.js'], undefined);
    assert.deepEqual(vault.commits.get(start.commit)?.parent, 'c');
  });

  test('where there are none, it starts from what was given', async () => {
    const { context, session, vault } = await sealed({ visible: new Set() });
    const from = { commit: 'c', tree: BASE };
    assert.equal(await withVisible(context, session.state, from), from);
    assert.equal(vault.commits.size, 0);
  });

  test('are frozen: a snapshot has them as they were given, and names those that were changed', async () => {
    const goal = await sealed();
    const { context, session, vault } = goal;
    vault.worktrees.set('/w', { 'src/a.js': 'b\n', 'test/seen.test.js': 'edited' });
    const request = {
      worktree: '/w',
      base: BASE,
      ref: 'refs/omk/goals/g/tasks/t1/1/1',
      layers: [],
      message: '',
      at: 0,
    };
    const snapshot = await vault.snapshot(request);
    const kept = await freeze(context, session.state, snapshot);
    assert.deepEqual(kept.frozen, ['test/seen.test.js']);
    assert.deepEqual(vault.filesOf(kept.candidate), { 'src/a.js': 'b\n', 'test/seen.test.js': 'seen' });
    assert.equal(kept.salvage, snapshot.salvage, 'what the agent left is kept as it is');
    assert.ok(vault.refs.has('refs/omk/goals/g/frozen/t1/1/1'));
  });

  test('that were left alone change no snapshot', async () => {
    const { context, session, vault } = await sealed();
    vault.worktrees.set('/w', { 'src/a.js': 'b\n', 'test/seen.test.js': 'seen' });
    const snapshot = await vault.snapshot({ worktree: '/w', base: BASE, ref: 'r', layers: [], message: '', at: 0 });
    assert.equal(await freeze(context, session.state, snapshot), snapshot);
  });
});
