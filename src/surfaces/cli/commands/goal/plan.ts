import { type WrittenCheck, approvePlan, rejectPlan, writtenChecks } from '../../../../app/use/review-plan.ts';
import { hiddenOf, visibleOf } from '../../../../domain/held-out/options.ts';
import { OmkError } from '../../../../domain/error.ts';
import { fold } from '../../../../domain/goal/evolve.ts';
import type { GoalState } from '../../../../domain/goal/state.ts';
import { acceptedChecks } from '../../../../domain/held-out/evidence.ts';
import { isApproved } from '../../../../domain/oracle/approval.ts';
import { gateOf, type Criterion } from '../../../../domain/plan/plan.ts';
import { clean, cleanLine } from '../../../../domain/text/clean.ts';
import { withGoal } from '../../../../app/goal-store.ts';
import { withGoalWorld } from '../../../../app/goal-world.ts';
import { printJson, type Output } from '../../output/print.ts';

export interface PlanFlags {
  readonly show?: true;
  readonly approve?: true;
  readonly reject?: string;
}

/** `omk goal plan`: what shows the goal, and a person's word about it. */
export function plan(name: string, { approve, reject }: PlanFlags, output: Output): Promise<number> {
  if (approve && reject !== undefined)
    throw new OmkError('ANSWER_UNCLEAR', 'Give one of --approve and --reject "<why>"', 'omk goal plan --help');
  if (!approve && reject === undefined) return show(name, output);
  return withGoalWorld(name, async (world, goal) => {
    const state = approve ? await approvePlan(world, goal) : await rejectPlan(world, goal, (reject ?? '').trim());
    if (output.json) printJson(output, { goal, status: state.status, approved: isApproved(state) });
    else if (approve) output.out(`approved: the proof of ${goal} will name a person beside the agent that wrote them`);
    else if (state.status === 'running') output.out('refused: other checks are written next');
    else output.out(`refused: other checks are written with omk goal resume ${goal}`);
    return 0;
  });
}

const show = (name: string, output: Output): Promise<number> =>
  withGoal(name, async (store, { goal }) => {
    const state = fold((await store.read(goal)).map((line) => line.event));
    if (output.json)
      printJson(output, { goal, plan: state.plan, checks: acceptedChecks(state), approved: isApproved(state) });
    else for (const line of planLines(state)) output.out(line);
    return 0;
  });

/** A page of text. What agents wrote is shown without what a terminal would obey. */
function planLines(state: GoalState): readonly string[] {
  const { plan: made, created } = state;
  if (!made) return ['there is no plan yet'];
  const questions = created?.options.plan?.document.questions ?? [];
  return [
    cleanLine(created?.title ?? ''),
    ...made.criteria.map(
      (each) => `  shows    ${cleanLine(each.text)} (${decidedBy(each)}${each.keep ? ', so before too' : ''})`,
    ),
    ...(made.ownTests && !made.oracle ? ['  shows    tests of the worker, which must fail without its change'] : []),
    ...(made.interface ?? []).map((each) => `  names    ${cleanLine(each)}`),
    ...made.tasks.map(
      ({ id, title, needs }) =>
        `  task     ${id}: ${cleanLine(title)}${needs.length > 0 ? ` (after ${needs.join(', ')})` : ''}`,
    ),
    ...questions.map(
      ({ text, default: given, why }) =>
        `  question ${cleanLine(text)}: ${cleanLine(given ?? `waits for an answer, ${why ?? ''}`)}`,
    ),
    ...oracleLines(state),
  ];
}

function oracleLines(state: GoalState): readonly string[] {
  const goal = state.created?.goal ?? '';
  if (state.plan?.oracle !== 'agent') return [];
  if (!acceptedChecks(state)) return ['  checks   not written yet'];
  const by = isApproved(state) ? 'a person approved them' : 'no person has read them';
  const count = `${visibleOf(state).length} files that the worker sees, ${hiddenOf(state).length} hidden from it`;
  return [
    `  checks   ${count}; red on a wrong solution; ${by}`,
    `  next     omk goal diff --checks ${goal}, then omk goal plan --approve ${goal} or --reject "<why>"`,
  ];
}

function decidedBy(criterion: Criterion): string {
  if (criterion.kind === 'fact') return 'read from the tree';
  if (criterion.kind === 'captures') return 'what commands do on the base';
  if (criterion.kind === 'timing') return 'the time that a command takes';
  if (criterion.kind !== 'tests') return `gate ${gateOf(criterion) ?? ''}`;
  return [...criterion.ids, ...(criterion.files ?? [])].map((each) => cleanLine(each)).join(', ');
}

const SAYS: Readonly<Record<WrittenCheck['is'], string>> = {
  seen: 'the worker sees it',
  hidden: 'hidden from the worker',
  wrong: 'wrong solution, never delivered',
};

/** `omk goal diff --checks`: what an oracle wrote, as it stands. */
export const checksOf = (name: string, output: Output): Promise<number> =>
  withGoalWorld(name, async (world, goal) => {
    const checks = await writtenChecks(world, goal);
    if (output.json) printJson(output, { goal, checks });
    else
      for (const { path, is, text } of checks) {
        output.out(`=== ${clean(path)} (${SAYS[is]})`);
        output.out(text === null ? '(the file is taken away)' : clean(text).trimEnd());
      }
    return 0;
  });
