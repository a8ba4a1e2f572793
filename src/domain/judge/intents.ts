import type { GateRun } from '../evidence/assess.ts';
import type { DataOf, GoalState } from '../goal/state.ts';
import type { GoalEvent } from '../goal/event.ts';
import type { Intent } from '../goal/intent.ts';
import type { Question } from '../evidence/question.ts';
import { readiness } from './readiness.ts';

export const record = (key: string, event: GoalEvent): Intent => ({ key, kind: 'record', event });

/** `as`: where a person accepted the same before. */
export const ask = (question: Question, as: readonly string[] | null = null): Intent =>
  record(`ask:${question.id}`, { type: 'question.asked', data: { question, ...(as ? { as } : {}) } });

type End = DataOf<'goal.ended'>;

/** The end of this stretch of work, with every gap as it is now. */
export const end = (state: GoalState, status: End['status'], failure: End['failure'] = null): Intent =>
  record(`end:${state.resumedAt}`, { type: 'goal.ended', data: { status, gaps: readiness(state), failure } });

export const runGate = (run: GateRun): Intent => ({
  key: `gate:${run.gate}:${run.purpose}:${run.round}:${run.tree}${run.alone ? ':alone' : ''}${run.heldOut ? ':held-out' : ''}`,
  kind: 'run_gate',
  run,
});
