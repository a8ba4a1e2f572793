import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { GoalEvent } from '../../domain/goal/event.ts';
import { snapshotOf, tree } from '../../domain/testing/build.ts';
import { fold } from '../../domain/transition/evolve.ts';
import { created } from '../../domain/testing/build.ts';
import type { GoalSummary } from '../../store/port.ts';
import type { Status } from '../../domain/status.ts';
import { planOf, started, taskOf, turned } from '../testing/events.ts';
import { fakeContext } from '../testing/fake-context.ts';
import { NOON } from '../testing/goal.ts';
import type { World } from '../world.ts';
import { collectQuietly, garbageOf } from './collect.ts';
import { DAY_MS, DEFAULTS, type Garbage } from './garbage.ts';
import type { CollectedGoal } from './goals.ts';
import { goalsOf } from './goals.ts';
import { snapshotGarbage, vaultGarbage } from './vaults.ts';
import { whileFree, worktreesOf } from './worktrees.ts';

const KEPT = snapshotOf(tree('kept'), { ref: 'refs/omk/goals/g/tasks/t1/1/2' });
const CANCELLED: GoalEvent = { type: 'goal.cancelled', data: { why: 'x' } };
const WORKED = [
  planOf(taskOf('t1')),
  started(1),
  ...turned(1, 1, snapshotOf(tree('one'), { ref: 'refs/omk/goals/g/tasks/t1/1/1' })),
  ...turned(1, 2, KEPT),
];

interface Left {
  readonly events?: readonly GoalEvent[];
  readonly status?: Status;
  /** How long ago the goal was touched last. */
  readonly days?: number;
  /** Folders of attempts that are there. */
  readonly attempts?: readonly string[];
  readonly drafts?: readonly { readonly path: string; readonly changedMs: number }[];
  readonly caches?: readonly { readonly path: string; readonly changedMs: number }[];
  readonly busy?: boolean;
}

/** What is left of one goal. */
async function left({
  events = [...WORKED, CANCELLED],
  status = 'cancelled',
  days = 20,
  attempts,
  drafts,
  caches,
  busy,
}: Left = {}) {
  const name = created().goal;
  const goal = await fakeContext({
    events,
    doors: ({ asked }) => ({
      files: {
        garbage: {
          drafts: async () => drafts ?? [],
          caches: async () => caches ?? [],
          attempts: async () => (attempts ?? []).map((path) => ({ path: path.replace('<goal>', name), changedMs: 0 })),
          sizeOf: async () => 100,
          remove: async (path: string) => void asked.push(`remove ${path}`),
        },
      },
    }),
  });
  const summary: GoalSummary = {
    goal: name,
    repository: 'r',
    title: 'x',
    status,
    createdAt: new Date(NOON - days * DAY_MS).toISOString(),
    updatedAt: new Date(NOON - days * DAY_MS).toISOString(),
  };
  const leases: string[] = [];
  const store: World['store'] = {
    ...goal.store,
    list: async () => [summary],
    lease: async () =>
      busy === true
        ? { kind: 'taken', holder: { name: 'process 1', since: 'noon' } }
        : {
            kind: 'held',
            lease: { key: '', token: 1, renew: async () => true, release: async () => void leases.push('back') },
          },
  };
  return { ...goal, leases, world: { ...goal.context.world, store } };
}

const what = (found: readonly Garbage[]): readonly string[] => found.map(({ kind, what: which }) => `${kind} ${which}`);

suite('what may go', () => {
  test('the worktree of a goal that is final, once all of it is in the vault', async () => {
    const { world, vault, asked, leases } = await left({ attempts: ['/w/<goal>/1'] });
    const goals = await goalsOf(world, DEFAULTS, () => true);
    const [unnamed] = await worktreesOf(world, goals);
    assert.deepEqual([unnamed?.attempt, unnamed?.over, unnamed?.inVault], [null, true, true], 'no event names it');
    const found = (await garbageOf(world, DEFAULTS)).filter(({ kind }) => kind === 'worktree');
    assert.deepEqual([found.length, found[0]?.bytes], [1, 100]);
    assert.equal(await found[0]?.remove(), true);
    assert.deepEqual(
      [asked.filter((each) => each.startsWith('remove')), leases],
      [[`remove ${unnamed?.path}`], ['back']],
    );
    assert.equal(vault.worktrees.size, 0);
  });

  test('not one in which something is nowhere else', async () => {
    const cut = snapshotOf(tree('cut'), { overCap: ['large.bin'] });
    const events = [
      planOf(taskOf('t1')),
      started(1, 't1', { worktree: '/w/<goal>/1/tree' }),
      ...turned(1, 1, cut),
      CANCELLED,
    ];
    const name = created().goal;
    const named = events.map((event) =>
      event.type === 'attempt.started' ? { ...event, data: { ...event.data, worktree: `/w/${name}/1/tree` } } : event,
    );
    const { world } = await left({ events: named, attempts: ['/w/<goal>/1'] });
    assert.deepEqual(
      what(await garbageOf(world, DEFAULTS)).filter((each) => each.startsWith('worktree')),
      [],
    );
    const [one] = await worktreesOf(world, await goalsOf(world, DEFAULTS, () => true));
    assert.deepEqual([one?.attempt, one?.over, one?.inVault], [1, true, false]);
  });

  test('not one of a goal that is not known, nor of one that runs', async () => {
    const { world } = await left({ attempts: ['/w/another/1'] });
    assert.deepEqual(await worktreesOf(world, await goalsOf(world, DEFAULTS, () => true)), []);
  });

  test('drafts of before today, and caches that nobody has used for as long as was asked', async () => {
    const at = (days: number) => ({ path: `/f/${days}`, changedMs: NOON - days * DAY_MS });
    const { world } = await left({ drafts: [at(0.5), at(2)], caches: [at(2), at(20)] });
    const found = what(await garbageOf(world, DEFAULTS));
    assert.deepEqual(
      found.filter((each) => /^(leftover|cache)/.test(each)),
      ['leftover /f/2', 'cache /f/20'],
    );
    const soon = what(await garbageOf(world, { ...DEFAULTS, olderThanMs: DAY_MS }));
    assert.deepEqual(
      soon.filter((each) => each.startsWith('cache')),
      ['cache /f/2', 'cache /f/20'],
    );
  });

  test('snapshots that a later turn of the same attempt replaced, never the last one', async () => {
    const { world, vault } = await left();
    const goals = await goalsOf(world, DEFAULTS, () => true);
    const name = created().goal;
    for (const turn of [1, 2]) vault.refs.set(`refs/omk/goals/g/tasks/t1/1/${turn}`, 'c');
    const [found] = snapshotGarbage(world, goals);
    assert.equal(found?.what, '1 of turns that later ones replaced');
    const listed = { ...vault, listRefs: async () => [...vault.refs.keys()] };
    const [again] = snapshotGarbage({ ...world, git: { ...world.git, openVault: async () => listed } }, goals);
    await again?.remove();
    assert.deepEqual([...vault.refs.keys()], ['refs/omk/goals/g/tasks/t1/1/2']);
    assert.equal(found?.goal, name);
  });

  test('nothing of a goal that ended just now, or that is among the newest that are kept', async () => {
    const recent = await left({ days: 1 });
    assert.deepEqual(snapshotGarbage(recent.world, await goalsOf(recent.world, DEFAULTS, () => true)), []);
    const { world } = await left();
    const [kept] = await goalsOf(world, { ...DEFAULTS, keep: 1 }, () => true);
    assert.deepEqual([kept?.old, kept?.final], [false, false]);
  });
});

suite('a goal that somebody works on', () => {
  test('keeps everything: what is found is not removed', async () => {
    const { world, asked } = await left({ attempts: ['/w/<goal>/1'], busy: true });
    const [found] = (await garbageOf(world, DEFAULTS)).filter(({ kind }) => kind === 'worktree');
    assert.equal(await found?.remove(), false);
    assert.deepEqual(asked, []);
  });

  test('the lease is given back also where the work on it fails', async () => {
    const { world, session, leases } = await left();
    await assert.rejects(
      whileFree(world, session.goal, () => Promise.reject(new Error('no'))),
      /no/,
    );
    assert.deepEqual(leases, ['back']);
  });
});

suite('a vault with much in files of its own', () => {
  const collected = (final: boolean): CollectedGoal => ({
    goal: 'g',
    old: final,
    final,
    state: fold([{ type: 'goal.created', data: created() }, ...(final ? [CANCELLED] : [])]),
  });
  const packed = async (bytes: number, goals: readonly CollectedGoal[]): Promise<readonly (number | null)[]> => {
    const pruned: (number | null)[] = [];
    const { vault, context } = await fakeContext();
    const own = {
      ...vault,
      looseBytes: async () => bytes,
      compact: async (days: number | null) => void pruned.push(days),
    };
    const git = { ...context.world.git, openVault: async () => own };
    for (const each of await vaultGarbage({ git }, goals, DEFAULTS)) await each.remove();
    return pruned;
  };

  test('is packed, and what no ref leads to goes only where every goal of it is over', async () => {
    assert.deepEqual(await packed(5e6, [collected(true)]), [14]);
    assert.deepEqual(await packed(5e6, [collected(true), collected(false)]), [null]);
  });

  test('and one with little is left alone', async () => assert.deepEqual(await packed(100, [collected(true)]), []));
});

test('at the end of a run only what costs nothing to find goes, and no log is read where no worktree is', async () => {
  const quiet = await left({
    caches: [{ path: '/f/old', changedMs: 0 }],
    drafts: [{ path: '/f/draft', changedMs: 0 }],
  });
  let reads = 0;
  const store = { ...quiet.world.store, read: async () => ((reads += 1), []) };
  await collectQuietly({ ...quiet.world, store });
  assert.deepEqual(quiet.asked, ['end dead gates', 'remove /f/draft']);
  assert.equal(reads, 0);
});
