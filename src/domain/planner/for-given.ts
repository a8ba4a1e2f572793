import { heldOutOf } from '../held-out/options.ts';
import { baselineOf } from '../gates/baseline.ts';
import type { GoalState } from '../goal/state.ts';
import { criterion, type PlanFromPrompt } from './from-prompt.ts';
import type { Given } from '../plan/given.ts';

/** A given change has no task. What is red before is not asked for: only a check that is red there is a criterion. */
export function planForGiven(state: GoalState, { expect }: Given): PlanFromPrompt | null {
  const { created, policy } = state;
  if (!created || !policy) return null;
  const checks = policy.gates.filter((gate) => gate.source.kind === 'check');
  const red = checks.filter(
    (gate) => baselineOf(state.measurements, gate, created.repository.tree)?.colour === 'red' && !gate.skip,
  );
  return {
    plan: {
      criteria: red.map((gate, index) => criterion(gate, index + 1)),
      tasks: [],
      ...(heldOutOf(state) ? { heldOut: true } : {}),
      expect,
    },
    refused: checks.filter((gate) => !red.includes(gate)).map(({ id }) => id),
  };
}
