import { baselineOf } from '../gates/baseline.ts';
import type { GateSpec } from '../gates/gate.ts';
import { isKnownRed } from '../gates/known-red.ts';
import type { GoalState } from '../goal/state.ts';
import type { Criterion, Plan } from './plan.ts';

export interface PlanFromPrompt {
  readonly plan: Plan;
  /** Gate ids of checks that are not red at the base: they prove nothing. */
  readonly refused: readonly string[];
}

/**
 * One task that carries the prompt; its criteria are the checks, and without any and without held-out checks the gates
 * that are red at the base (trust rule T1).
 */
export function planFromPrompt(state: GoalState): PlanFromPrompt | null {
  const { created, policy } = state;
  if (!created || !policy) return null;
  const colours = new Map(
    policy.gates.map(
      (gate) => [gate.id, baselineOf(state.measurements, gate, created.repository.tree)?.colour ?? 'unstable'] as const,
    ),
  );
  const red = policy.gates.filter((gate) => colours.get(gate.id) === 'red' && !gate.skip);
  const checks = policy.gates.filter((gate) => gate.source.kind === 'check');
  const heldOut = created.options.heldOut !== undefined;
  const { class: is } = created.options;
  const isGoalSaid = heldOut || is !== undefined || red.some((gate) => gate.source.kind === 'check');
  const isCriterion = (gate: GateSpec): boolean =>
    gate.required && !isKnownRed(state, gate) && !(isGoalSaid && mayBeLeftRed(state, gate));
  const byGates = red
    .filter((gate) => gate.source.kind === 'check' || isCriterion(gate))
    .map((gate, index) => criterion(gate, index + 1));
  const facts = factsAtBase(state);
  const criteria = [...byGates, ...facts.open];
  const ownTests =
    created.options.oracle === 'worker' &&
    !heldOut &&
    is === undefined &&
    checks.length === 0 &&
    byGates.length === 0 &&
    policy.gates.some(countsTests);
  return {
    plan: {
      criteria,
      tasks: [
        {
          id: 't1',
          title: created.title,
          brief: created.prompt,
          needs: [],
          writes: [],
          criteria: criteria.map((each) => each.id),
        },
      ],
      ...(is === undefined ? {} : { class: is }),
      ...(heldOut ? { heldOut } : {}),
      ...(ownTests ? { ownTests } : {}),
    },
    refused: [...checks.filter((gate) => colours.get(gate.id) !== 'red').map((gate) => gate.id), ...facts.refused],
  };
}

/** Facts that are not so yet, as criteria; those that are so already show nothing. */
function factsAtBase({ created, facts }: GoalState): {
  readonly open: readonly Criterion[];
  readonly refused: readonly string[];
} {
  const asked = created?.options.facts ?? [];
  const holds = facts.get(created?.repository.tree ?? '') ?? [];
  const all = asked.map((text, fact): Criterion => ({ id: `f${fact + 1}`, text, kind: 'fact', fact }));
  return {
    open: all.filter((_, fact) => holds[fact] === false),
    refused: asked.filter((_, fact) => holds[fact] !== false).map((text) => `--fact "${text}"`),
  };
}

/** A required gate in which a new test would be seen. */
const countsTests = (gate: GateSpec): boolean =>
  gate.required && !gate.skip && gate.kind === 'test' && gate.reader !== 'exit_only';

/** Red in a way that a candidate can be compared with. */
const mayBeLeftRed = ({ measurements, created }: GoalState, gate: GateSpec): boolean =>
  baselineOf(measurements, gate, created?.repository.tree ?? '')?.verdicts.every(({ kind }) => kind === 'fail') ===
  true;

export const criterion = (gate: GateSpec, n: number): Criterion => ({
  id: `c${n}`,
  text: gate.source.kind === 'check' ? `\`${gate.source.text}\` passes` : `gate ${gate.id}, red at the base, passes`,
  kind: gate.kind,
  gate: gate.id,
});
