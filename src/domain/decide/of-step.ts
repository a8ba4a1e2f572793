import { record } from '../judge/intents.ts';
import type { Intent } from '../goal/intent.ts';
import type { GoalState } from '../goal/state.ts';
import type { Step } from '../goal/step.ts';

/** What agents do, and what puts accepted work together; everything else judges, which is part of every step. */
const OF_AGENTS: ReadonlySet<Intent['kind']> = new Set(['start_attempt', 'run_turn', 'wait']);
const TOGETHER: ReadonlySet<Intent['kind']> = new Set(['merge', 'land', 'integrate', 'reveal']);

function isOf(step: Step, { kind }: Intent): boolean {
  if (OF_AGENTS.has(kind)) return step === 'execute';
  return !TOGETHER.has(kind) || step === 'integrate';
}

/** What a step does of what is wanted; where nothing is left of it, the goal pauses. */
export function ofStep(
  { step, resumedAt }: GoalState,
  wanted: readonly Intent[],
  inFlight: readonly Intent[],
): readonly Intent[] {
  if (step === null || wanted.length === 0) return wanted;
  const own = wanted.filter((intent) => isOf(step, intent));
  if (own.length + inFlight.length > 0) return own;
  return [record(`step:${resumedAt}`, { type: 'goal.paused', data: { why: `omk goal ${step} is done`, step } })];
}
