import type { GateJudgement } from '../evidence/assess.ts';
import type { GatePolicy } from '../gates/gate.ts';
import { isWritten, keepsBehaviour, type Criterion, type Plan } from '../plan/plan.ts';
import { passedIn, testCriterionGaps } from './test-criterion.ts';
import { captureGaps } from '../commands/captures.ts';
import { timingGaps } from '../commands/timings.ts';
import { blocks, type Gap } from '../goal/gap.ts';
import { gatesSuffice } from '../goal/gates-suffice.ts';
import { currentSnapshot, isWhole, type GoalState } from '../goal/state.ts';

/**
 * Whether a criterion can show that a goal is done: what is only kept shows nothing, tests need a report of tests (trust rule
 * T4), and facts alone show no fix and no feature.
 */
export const isReadable = (policy: GatePolicy, plan: Plan, criterion: Criterion): boolean => {
  if (criterion.keep) return false;
  if (criterion.kind === 'fact') return plan.class !== undefined && plan.class !== 'performance';
  if (criterion.kind === 'tests') return !isWritten(criterion) || plan.ownTests === true;
  if (criterion.kind === 'captures') return false;
  if (criterion.kind === 'timing') return true;
  return isReadableGate(policy, criterion);
};

const isReadableGate = (policy: GatePolicy, criterion: Extract<Criterion, { gate: string }>): boolean =>
  criterion.kind === 'command' ||
  policy.gates.some((gate) => gate.id === criterion.gate && gate.reader !== 'exit_only');

/** Commands that do the same and a fact that was not so show that something has another form, also in a repository without any gate. */
export const showsWithoutGates = ({ created }: GoalState, plan: Plan): boolean =>
  created?.options.oracleRules !== undefined &&
  keepsBehaviour(plan.class) &&
  plan.criteria.some(({ kind }) => kind === 'captures') &&
  plan.criteria.some(({ kind, keep }) => kind === 'fact' && keep !== true);

/** A gate that cannot be read is enough beside a criterion that can, or where a person said so; never alone. */
export function criterionGaps(state: GoalState, verdicts: ReadonlyMap<string, GateJudgement | null>): readonly Gap[] {
  const { plan, policy } = state;
  if (!plan || !policy) return [];
  // A task is shown beside the others.
  const alone =
    isWhole(state) &&
    plan.heldOut !== true &&
    plan.expect !== 'no-regression' &&
    !plan.criteria.some((each) => isReadable(policy, plan, each)) &&
    !gatesSuffice(state);
  const passes = passedIn(verdicts);
  return plan.criteria.flatMap((criterion): readonly Gap[] => {
    if (criterion.kind === 'fact') return factGaps(state, criterion);
    if (criterion.kind === 'captures') return captureGaps(state, criterion);
    if (criterion.kind === 'timing') return timingGaps(state, criterion);
    if (criterion.kind === 'tests' && isWritten(criterion)) return unwritten(state, criterion);
    if (criterion.kind === 'tests') return testCriterionGaps(criterion, passes);
    const assessment = verdicts.get(criterion.gate);
    const passed = assessment?.verdict.kind === 'pass';
    if (!passed)
      return [
        blocks('G_CRITERION_OPEN', criterion.id, `criterion "${criterion.text}" is not shown`, 'omk goal resume'),
      ];
    if (!alone) return [];
    const text = `gate ${criterion.gate} cannot be read: its exit code alone does not show that tests ran`;
    return [
      blocks('G_CRITERION_OPEN', criterion.id, text, 'declare a reader in .omk/gates.toml, or add --check "<command>"'),
    ];
  });
}

/** Tests that were to be written are judged with the whole; a plan without them shows nothing of it. */
const unwritten = ({ plan, focus }: GoalState, { id, text }: Criterion): readonly Gap[] =>
  focus !== null || plan?.ownTests === true
    ? []
    : [blocks('G_CRITERION_OPEN', id, `no test was written that shows "${text}"`, 'omk goal resume')];

function factGaps(state: GoalState, { id, text, fact }: Extract<Criterion, { kind: 'fact' }>): readonly Gap[] {
  const holds = state.facts.get(currentSnapshot(state)?.candidate ?? '')?.[fact];
  if (holds === true) return [];
  return [blocks('G_FACT', id, `it is not so that ${text}`, 'omk goal diff, then omk goal resume')];
}
