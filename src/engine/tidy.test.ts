import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fold } from '../domain/transition/evolve.ts';
import type { GoalEvent } from '../domain/goal/event.ts';
import type { GoalState } from '../domain/goal/state.ts';
import type { Snapshot } from '../domain/git/snapshot.ts';
import { BLOB, COMPLETED, created, snapshotOf, tree, turnEnded } from '../domain/testing/build.ts';
import { tidy } from './tidy.ts';

const PLAN: GoalEvent = {
  type: 'plan.made',
  data: {
    plan: { criteria: [], tasks: [{ id: 't1', title: 'x', brief: 'x', needs: [], writes: [], criteria: [] }] },
    refused: [],
  },
};

/** An attempt with one turn that left this snapshot; null: none was taken. */
const attempt = (number: number, snapshot: Snapshot | null): readonly GoalEvent[] => [
  { type: 'attempt.started', data: { attempt: number, task: 't1', worktree: `/attempts/${number}/tree` } },
  { type: 'turn.started', data: { attempt: number, turn: 1, prompt: BLOB } },
  { type: 'turn.ended', data: turnEnded(number, 1, COMPLETED) },
  ...(snapshot ? [{ type: 'snapshot.taken' as const, data: { attempt: number, turn: 1, snapshot } }] : []),
];

/** A goal that was cancelled after these attempts, or still runs. */
function goal(attempts: readonly (Snapshot | null)[], cancelled: boolean): GoalState {
  const state = fold([
    { type: 'goal.created', data: created() },
    PLAN,
    ...attempts.flatMap((snapshot, index) => [
      ...attempt(index + 1, snapshot),
      ...(index < attempts.length - 1 && snapshot
        ? [{ type: 'attempt.ended' as const, data: { attempt: index + 1, why: 'no_progress' as const } }]
        : []),
    ]),
    ...(cancelled ? [{ type: 'goal.cancelled' as const, data: { why: 'enough' } }] : []),
  ]);
  return state;
}

async function tidied(state: GoalState, there: (path: string) => boolean = () => true): Promise<readonly string[]> {
  const done: string[] = [];
  await tidy({
    session: { state },
    vault: { removeWorktree: async (path, safe) => void done.push(`worktree ${path}, kept in ${safe}`) },
    world: {
      files: {
        exists: async (path) => there(path),
        removeAttempt: async (path) => void done.push(`folder ${path}`),
      },
      layers: { takeBack: async (path) => void done.push(`copies of ${path}`) },
    },
  });
  return done;
}

const KEPT = snapshotOf(tree('kept'), { ref: 'refs/omk/kept' });
const CUT = snapshotOf(tree('cut'), { ref: 'refs/omk/cut', overCap: ['large.bin'] });

test('of a final goal a worktree goes once all of it is in the vault', async () => {
  assert.deepEqual(await tidied(goal([KEPT], true)), [
    'worktree /attempts/1/tree, kept in refs/omk/kept',
    'folder /attempts/1',
  ]);
});

test('what is nowhere else stays: no snapshot was taken, or a file was too large for it', async () => {
  for (const snapshot of [null, CUT]) assert.deepEqual(await tidied(goal([snapshot], true)), []);
});

test('of a goal that runs the worktree stays, and only the copies of dependencies go', async () => {
  assert.deepEqual(await tidied(goal([KEPT], false)), ['copies of /attempts/1/tree']);
});

test('a worktree that is not there any more is passed over', async () => {
  assert.deepEqual(await tidied(goal([KEPT], true), () => false), []);
});

suite('an attempt that is over', () => {
  const running = (...more: readonly GoalEvent[]): GoalState =>
    fold([{ type: 'goal.created', data: created() }, PLAN, ...more]);
  const ended = (number: number): GoalEvent => ({
    type: 'attempt.ended',
    data: { attempt: number, why: 'no_progress' },
  });
  const begun = (number: number): GoalEvent => ({
    type: 'attempt.started',
    data: { attempt: number, task: 't1', worktree: `/attempts/${number}/tree` },
  });

  test('goes while the goal goes on; the one that is worked on stays, without its copies', async () => {
    assert.deepEqual(await tidied(running(...attempt(1, KEPT), ended(1), begun(2))), [
      'worktree /attempts/1/tree, kept in refs/omk/kept',
      'folder /attempts/1',
      'copies of /attempts/2/tree',
    ]);
  });

  test('with work that is nowhere else stays, with its copies, as a person may look for it', async () => {
    assert.deepEqual(await tidied(running(...attempt(1, CUT), ended(1), begun(2))), ['copies of /attempts/2/tree']);
  });

  test('that no turn began in has the base only: its folder goes, and the vault is not asked', async () => {
    assert.deepEqual(await tidied(running(begun(1), ended(1), begun(2))), [
      'folder /attempts/1',
      'copies of /attempts/2/tree',
    ]);
  });

  test('is kept by its last turn: an earlier snapshot does not have what came after it', async () => {
    const second: readonly GoalEvent[] = [
      { type: 'turn.started', data: { attempt: 1, turn: 2, prompt: BLOB } },
      { type: 'turn.ended', data: turnEnded(1, 2, COMPLETED) },
    ];
    const taken: GoalEvent = { type: 'snapshot.taken', data: { attempt: 1, turn: 2, snapshot: KEPT } };
    assert.deepEqual(await tidied(running(...attempt(1, KEPT), ...second, ended(1), begun(2))), [
      'copies of /attempts/2/tree',
    ]);
    assert.equal(
      (await tidied(running(...attempt(1, CUT), ...second, taken, ended(1), begun(2))))[1],
      'folder /attempts/1',
    );
  });

  test('keeps its folder when the vault does not let the worktree go, and loses both the next time', async () => {
    const there = new Set(['/attempts/1/tree']);
    const done: string[] = [];
    let isLocked = true;
    const context: Parameters<typeof tidy>[0] = {
      session: { state: running(...attempt(1, KEPT), ended(1), begun(2)) },
      vault: {
        removeWorktree: async (path) => {
          if (isLocked) throw new Error('the worktree is locked');
          there.delete(path);
        },
      },
      world: {
        files: { exists: async (path) => there.has(path), removeAttempt: async (path) => void done.push(path) },
        layers: { takeBack: async () => undefined },
      },
    };
    await assert.rejects(tidy(context), /locked/);
    assert.deepEqual(done, []);
    isLocked = false;
    await tidy(context);
    await tidy(context);
    assert.deepEqual(done, ['/attempts/1'], 'once: a third look finds nothing');
  });
});
