import assert from 'node:assert/strict';
import type { TurnOutcome } from '../agents/agent.ts';
import type { GateRun } from '../evidence/assess.ts';
import { assessAt } from './assess.ts';
import { blocking, readiness } from '../judge/readiness.ts';
import type { TreeId } from '../ids.ts';
import { BASE, COMPLETED, FIX, shows, snapshotOf, tree, type Shown } from './build.ts';
import { CANARY } from './ready.ts';
import type { Simulation, World } from './simulate.ts';

export const OTHER = tree('other');
export const CONTRACT = tree('contract');
export const TESTS_EDITED = [{ path: 'a.test.js', change: 'edited' }] as const;
export const RED = shows({ passed: ['adds'], failed: ['subtracts'] });
export const GREEN = shows({ passed: ['adds', 'subtracts'] });
export const CAUGHT = shows({ passed: ['adds', 'subtracts'], failed: [CANARY.name] }, { canary: CANARY });

/** What a gate shows, by what is judged: the base is red and the canary caught unless said. */
export const measure =
  (by: Partial<Record<GateRun['purpose'], Shown>>, on: Readonly<Record<TreeId, Shown>> = {}): World['measure'] =>
  (run) =>
    (run.purpose === 'canary' || run.purpose === 'baseline' ? null : on[run.tree]) ??
    by[run.purpose] ??
    {
      baseline: RED,
      contract: GREEN,
      candidate: GREEN,
      canary: CAUGHT,
      oracle: RED,
      held_out: GREEN,
      hollow: RED,
      reversal: RED,
      altered: RED,
    }[run.purpose];

export const leaves =
  (candidate: TreeId, outcome: TurnOutcome = COMPLETED): World['turn'] =>
  () => ({ outcome, leaves: snapshotOf(candidate) });
/** Candidates of the turns one after the other, over all attempts; the last one stays. */
export const leavesInTurn = (...candidates: readonly [TreeId, ...TreeId[]]): World['turn'] => {
  const seen = new Map<string, TreeId>();
  return (attempt, turn) => {
    const key = `${attempt}:${turn}`;
    const candidate = seen.get(key) ?? candidates[seen.size] ?? candidates.at(-1) ?? BASE;
    seen.set(key, candidate);
    return { outcome: COMPLETED, leaves: snapshotOf(candidate) };
  };
};
export const resumes = (times: number): World['whenStopped'] => {
  let left = times;
  return () => (left-- > 0 ? 'resume' : 'leave');
};

export const codes = ({ state }: Simulation): readonly string[] =>
  [...new Set(readiness(state).map((gap) => gap.code))].sort();
export const open = ({ state }: Simulation): readonly string[] =>
  [...new Set(blocking(readiness(state)).map((gap) => gap.code))].sort();
export const ends = ({ state }: Simulation): readonly (string | null)[] =>
  state.attempts.map((attempt) => attempt.ended);
export const verdict = ({ state }: Simulation, candidate: TreeId = FIX, at = 0) => {
  const gate = state.policy?.gates[at];
  assert.ok(gate);
  const assessment = assessAt(state, gate, candidate);
  if (assessment.kind === 'judged')
    return 'code' in assessment.verdict ? assessment.verdict.code : assessment.verdict.kind;
  return 'needs';
};
