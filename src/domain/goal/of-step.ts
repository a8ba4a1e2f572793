import { record } from './decide-record.ts';
import type { Intent } from './intent.ts';
import type { GoalState } from './state.ts';
import type { Step } from './step.ts';

/** The steps that do what an intent is about; a new kind of intent does not compile until it is named here. */
function stepsOf(intent: Intent): readonly Step[] {
  switch (intent.kind) {
    case 'start_attempt':
    case 'run_turn':
    case 'wait':
      return ['execute'];
    case 'merge':
    case 'land':
    case 'integrate':
    case 'reveal':
      return ['integrate'];
    case 'resolve_policy':
    case 'prepare_dependencies':
    case 'run_gate':
    case 'take_snapshot':
    case 'examine':
    case 'read_facts':
    case 'read_plan':
    case 'read_checks':
    case 'observe':
    case 'lay_tests':
    case 'hollow':
    case 'record':
      return ['execute', 'verify', 'integrate'];
  }
}

/** What a step does of what is wanted; where nothing is left of it, the goal pauses. */
export function ofStep(
  { step, resumedAt }: GoalState,
  wanted: readonly Intent[],
  inFlight: readonly Intent[],
): readonly Intent[] {
  if (step === null || wanted.length === 0) return wanted;
  const own = wanted.filter((intent) => stepsOf(intent).includes(step));
  if (own.length + inFlight.length > 0) return own;
  return [record(`step:${resumedAt}`, { type: 'goal.paused', data: { why: `omk goal ${step} is done`, step } })];
}
