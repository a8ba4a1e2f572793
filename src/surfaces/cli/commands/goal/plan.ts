import {
  type WrittenCheck,
  approvePlan,
  documentOf,
  editPlan,
  rejectPlan,
  writtenChecks,
} from '../../../../app/use/review-plan.ts';
import { editedPlan } from '../../../../app/plan/edit.ts';
import { readPlan } from '../../../../app/plan/read.ts';
import { hiddenOf, visibleOf } from '../../../../domain/held-out/options.ts';
import { OmkError } from '../../../../domain/error.ts';
import { fold } from '../../../../domain/transition/evolve.ts';
import type { GoalState } from '../../../../domain/goal/state.ts';
import { acceptedChecks } from '../../../../domain/held-out/evidence.ts';
import { isApproved, isPlanApproved } from '../../../../domain/planner/approval.ts';
import { gateOf, isWritten, type Criterion } from '../../../../domain/plan/plan.ts';
import { clean, cleanLine } from '../../../../domain/text/clean.ts';
import { withGoal } from '../../../../app/goal-store.ts';
import { withGoalWorld } from '../../../../app/goal-world.ts';
import type { RunFlags } from '../run-flags.ts';
import { documentLines } from '../../text/plan.ts';
import { printJson, type Output } from '../../output/print.ts';
import { many } from '../../text/many.ts';

export interface PlanFlags {
  readonly show?: true;
  readonly approve?: true;
  readonly reject?: string;
  readonly edit?: true;
  readonly from?: string;
  readonly agent?: string;
  readonly oracle?: string;
}

/** `omk goal plan`: what shows the goal, and a person's word about it. */
export async function plan(words: readonly string[], flags: PlanFlags, output: Output): Promise<number> {
  const { approve, reject, edit, from } = flags;
  if ([approve, reject, edit].filter((each) => each !== undefined).length > 1)
    throw new OmkError('ANSWER_UNCLEAR', 'Give one of --approve, --reject "<why>" and --edit', 'omk goal plan --help');
  if (from !== undefined && !edit)
    throw new OmkError('FLAG_INVALID', '--from needs --edit', 'omk goal plan --edit --from plan.toml');
  const [name = 'latest', ...more] = words;
  const isOfGoal = more.length === 0 && GOAL_NAME.test(name);
  if (edit) return editOf(name, from, output);
  if (!approve && reject === undefined) return isOfGoal ? show(name, output) : makePlan(words, flags, output);
  return withGoalWorld(name, async (world, goal) => {
    const state = approve ? await approvePlan(world, goal) : await rejectPlan(world, goal, (reject ?? '').trim());
    if (output.json) printJson(output, { goal, status: state.status, approved: hasApproval(state) });
    else if (approve) output.out(`approved: the proof of ${goal} will name a person beside the agent that wrote them`);
    else if (state.status === 'running') output.out('refused: it is made anew');
    else output.out(`refused: it is made anew with omk goal resume ${goal}`);
    return 0;
  });
}

/** What names a goal; anything else is the text of a new one. */
const GOAL_NAME = /^(?:latest|g-[0-9a-z-]*)$/u;

/** `omk goal plan "<goal>"`: a session makes the plan, and nothing is worked on before a person approved it. */
async function makePlan(words: readonly string[], { agent, oracle }: PlanFlags, output: Output): Promise<number> {
  const { run } = await import('../run.ts');
  const flags: RunFlags = {
    planner: 'always',
    approvePlan: true,
    ...(agent === undefined ? {} : { agent }),
    ...(oracle === undefined ? {} : { oracle }),
    ...(output.json ? { json: true } : {}),
  };
  return run(words, flags, output, { planOnly: true });
}

/** A person's plan takes the place of the one that stands, until work begins. */
const editOf = (name: string, from: string | undefined, output: Output): Promise<number> =>
  withGoalWorld(name, async (world, goal) => {
    const document = await documentOf(world, goal);
    if (document === null && from === undefined)
      throw new OmkError('PLAN_NOT_SHOWN', 'There is no plan to edit yet', `omk goal resume ${goal}`);
    const edited = from === undefined && document ? await editedPlan(document) : await readPlan(from ?? '');
    if (edited === null) output.err('the plan is as it was');
    else await editPlan(world, goal, edited);
    if (edited !== null && output.json) printJson(output, { goal, plan: edited.document });
    else if (edited !== null) output.out(`the plan is yours now; go on with: omk goal resume ${goal}`);
    return 0;
  });

const show = (name: string, output: Output): Promise<number> =>
  withGoal(name, async (store, { goal }) => {
    const state = fold((await store.read(goal)).map((line) => line.event));
    if (output.json)
      printJson(output, { goal, plan: state.plan, checks: acceptedChecks(state), approved: hasApproval(state) });
    else for (const line of planLines(state)) output.out(line);
    return 0;
  });

/** A person approved the checks that stand, or the plan where there are none. */
const hasApproval = (state: GoalState): boolean => isApproved(state) || isPlanApproved(state);

/** A page of text. What agents wrote is shown without what a terminal would obey. */
function planLines(state: GoalState): readonly string[] {
  const { plan: made, created } = state;
  const document = created?.options.plan?.document;
  if (!made && document) return [cleanLine(created?.title ?? ''), ...documentLines(document)];
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
    ...(created?.options.plan?.document.decisions ?? []).map((each) => `  decided  ${cleanLine(each)}`),
    ...oracleLines(state),
    ...(state.ended?.failure?.code === 'PLAN_NOT_APPROVED'
      ? [`  next     ${cleanLine(state.ended.failure.fix, 300)}`]
      : []),
  ];
}

function oracleLines(state: GoalState): readonly string[] {
  const goal = state.created?.goal ?? '';
  if (state.plan?.oracle !== 'agent') return [];
  if (!acceptedChecks(state)) return ['  checks   not written yet'];
  const by = isApproved(state) ? 'a person approved them' : 'no person has read them';
  const count = `${many(visibleOf(state).length, 'file')} that the worker sees, ${hiddenOf(state).length} hidden from it`;
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
  if (isWritten(criterion)) return 'tests are written for it';
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
