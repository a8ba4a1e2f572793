import type { GoalEvent } from '../goal/event.ts';
import { BASE, BLOB, COMPLETED, created, gateSpec, measurement, policyOf, shows, snapshotOf, tree } from './build.ts';

export const WRONG = tree('wrong');
export const A = 'test/a.test.js';
export const B = 'test/b.test.js';
const task = { id: 't1', title: 'x', brief: 'x', needs: [], writes: [], criteria: [] };
export const turnEnded: Extract<GoalEvent, { type: 'turn.ended' }> = {
  type: 'turn.ended',
  data: {
    attempt: 1,
    turn: 1,
    outcome: COMPLETED,
    session: null,
    stream: null,
    stderr: null,
    sandbox: { kind: 'bubblewrap', version: '0.9', network: true },
    claimedUsage: {},
    permissions: [],
    durationMs: 1,
  },
};
/** A log in which an agent was asked for checks and has handed in two, one of them hidden. */
export const handedIn: readonly GoalEvent[] = [
  { type: 'goal.created', data: created({ oracle: 'agent' }) },
  { type: 'policy.resolved', data: { policy: policyOf(gateSpec()) } },
  { type: 'dependencies.prepared', data: { layer: null, detail: 'none' } },
  ...[1, 2].map((round): GoalEvent => ({
    type: 'gate.measured',
    data: measurement({ purpose: 'baseline', round, tree: BASE, ...shows({ passed: ['adds'] }) }),
  })),
  { type: 'plan.made', data: { plan: { criteria: [], tasks: [task], ownTests: true, oracle: 'agent' }, refused: [] } },
  { type: 'attempt.started', data: { attempt: 1, task: 'oracle', role: 'oracle', worktree: '/w' } },
  { type: 'turn.started', data: { attempt: 1, turn: 1, prompt: BLOB } },
  turnEnded,
  { type: 'snapshot.taken', data: { attempt: 1, turn: 1, snapshot: snapshotOf(tree('oracle')) } },
  {
    type: 'checks.submitted',
    data: {
      attempt: 1,
      turn: 1,
      tree: tree('oracle'),
      kind: 'read',
      checks: {
        commitment: 'a'.repeat(64),
        paths: [A, B],
        visible: [{ path: A, mode: '100644', blob: BLOB }],
        hidden: [],
        oracle: WRONG,
      },
      criteria: [{ id: 'goal', text: 'x', files: [A, B] }],
      interface: [],
    },
  },
];
