import { styleText } from 'node:util';
import type { TestChanges } from '../../../domain/contract/labels/change.ts';
import { labelLines } from '../../../domain/contract/labels/describe.ts';
import { assess } from '../../../domain/gates/assess.ts';
import { lackingHere } from '../../../domain/gates/lacking.ts';
import { nearLimitsAtBase } from '../../../domain/gates/near-limit.ts';
import { assessHeldOut, type HeldOut } from '../../../domain/held-out/assess.ts';
import { clean, cleanLine } from '../../../domain/text/clean.ts';
import { blocking, readiness } from '../../../domain/goal/readiness.ts';
import { currentSnapshot, openQuestion, type GoalState } from '../../../domain/goal/state.ts';
import type { Question } from '../../../domain/goal/question.ts';
import type { Status } from '../../../domain/goal/status.ts';
import { labelled, questionLines } from './question.ts';
import { redBeforeLines } from './red-before.ts';

const SENTENCE: Readonly<Record<Status, string>> = {
  running: 'the goal is being worked on',
  paused: 'stopped; the work is kept',
  ready: 'done, and shown',
  not_ready: 'work was attempted; this is missing',
  blocked_on_human: 'a person has to decide',
  blocked_on_external: 'something outside omk is missing',
  needs_more_budget: 'the budget is spent',
  failed_infra: 'the machinery failed',
  cancelled: 'cancelled',
};

/** What was done, what was checked, what is missing, what to do next. */
export function narrate(
  state: GoalState,
  where: { readonly goal: string; readonly folder: string; readonly colour: boolean; readonly deserted?: boolean },
): readonly string[] {
  const bold = (text: string): string => (where.colour ? styleText('bold', text, { validateStream: false }) : text);
  return [
    '',
    bold(
      `${state.status}: ${where.deserted ? 'but no process works on it, it was ended from outside' : SENTENCE[state.status]}`,
    ),
    ...here(state),
    `  goal     ${where.goal}  ${cleanLine(state.created?.title ?? '', 72)}`,
    ...done(state),
    ...checked(state),
    ...heldOut(state),
    ...missing(state),
    ...limits(state),
    ...redBeforeLines(state),
    ...next(state, where),
  ];
}

/** Before all else: without what is missing here, the rest says little. */
const here = (state: GoalState): readonly string[] =>
  [...lackingHere(state), ...nearLimitsAtBase(state)].map((text) => `  here     ${cleanLine(text, 400)}`);

function done(state: GoalState): readonly string[] {
  const turns = state.attempts.reduce((sum, attempt) => sum + attempt.turns.length, 0);
  const candidate = currentSnapshot(state)?.candidate;
  const examined = candidate === undefined ? undefined : state.examined.get(candidate);
  const changes = examined?.changes;
  const lines = [
    `  work     ${many(state.attempts.length, 'attempt')}, ${many(turns, 'turn')} of ${cleanLine(state.created?.agent.name ?? 'no agent')}`,
  ];
  if (changes)
    lines.push(
      `  changes  ${
        changes.length === 0
          ? 'none'
          : changes
              .slice(0, 8)
              .map((each) => `${each.change} ${cleanLine(each.path)}`)
              .join(', ')
      }${changes.length > 8 ? `, and ${changes.length - 8} more` : ''}`,
    );
  lines.push(...labels(state, examined?.tests));
  if (state.integrated)
    lines.push(`  result   commit ${state.integrated.commit.slice(0, 12)}, tree ${state.integrated.tree.slice(0, 12)}`);
  return lines;
}

function checked(state: GoalState): readonly string[] {
  const candidate = currentSnapshot(state)?.candidate;
  return (state.policy?.gates ?? []).map((gate) => {
    if (candidate === undefined || !state.examined.has(candidate))
      return `  gate     ${gate.id}: not run on a candidate`;
    const assessment = assess(state, gate, candidate);
    if (assessment.kind === 'needs') return `  gate     ${gate.id}: not run on the candidate`;
    const { verdict, evidence, flaky } = assessment;
    const tests =
      evidence[0]?.report.kind === 'tests' ? `, ${many(evidence[0].report.tests.passed.length, 'test')} passed` : '';
    return `  gate     ${gate.id}: ${verdict.kind.replace('_', ' ')}${flaky.length === 0 ? '' : ', but flaky'}${tests}${verdict.kind === 'pass' ? '' : ` (${verdict.code}: ${cleanLine(verdict.detail, 300)})`}`;
  });
}

const SAYS: Readonly<Record<Exclude<HeldOut['kind'], 'none'>, string>> = {
  needs: 'not run on the candidate',
  no_oracle: 'do not fail where they must',
  not_shown: 'do not pass',
  shown: 'pass, and fail where they must',
};

function heldOut(state: GoalState): readonly string[] {
  const candidate = currentSnapshot(state)?.candidate;
  const paths = state.created?.options.heldOut?.paths ?? [];
  const found = candidate === undefined ? 'needs' : assessHeldOut(state, candidate).kind;
  return paths.length === 0 || found === 'none' ? [] : [`  held-out ${many(paths.length, 'file')}: ${SAYS[found]}`];
}

function missing(state: GoalState): readonly string[] {
  if (state.status === 'ready' || state.status === 'cancelled') return [];
  const lines = blocking(state.ended?.gaps ?? readiness(state))
    .filter((gap) => state.status === 'paused' || gap.code !== 'G_NOT_INTEGRATED')
    .map((gap) => `  missing  ${gap.code}: ${cleanLine(gap.text, 400)}`);
  const failure = state.ended?.failure;
  return failure ? [`  failure  ${failure.code}: ${clean(failure.text)}`, ...lines] : lines;
}

const limits = (state: GoalState): readonly string[] =>
  (state.ended?.gaps ?? [])
    .filter((gap) => gap.kind === 'known')
    .map((gap) => `  limit    ${gap.code}: ${cleanLine(gap.text, 300)}`);

function next(
  state: GoalState,
  { goal, folder }: { readonly goal: string; readonly folder: string },
): readonly string[] {
  const question = openQuestion(state);
  if (state.status === 'ready')
    return [
      `  next     omk verify ${goal}; omk goal diff ${goal}; omk goal apply ${goal}`,
      `  proof    ${folder}/proof`,
    ];
  if (question)
    return [
      ...questionLines(question, ' '.repeat(11)).map((line, index) => (index === 0 ? `  question ${line}` : line)),
      `  next     ${waysOut(question, goal)}`,
    ];
  const fix = state.ended?.failure?.fix;
  return state.status === 'cancelled'
    ? [`  folder   ${folder}`]
    : [
        `  next     ${fix ?? `omk goal show ${goal}; ${isJudged(state) ? `omk goal diff ${goal}; ` : ''}omk goal resume ${goal}`}`,
        `  folder   ${folder}`,
      ];
}

function waysOut(question: Question, goal: string): string {
  const then = `then omk goal resume ${goal}`;
  switch (question.code) {
    case 'no_criterion':
      return `omk goal answer ${goal} --check "<command that fails now and must pass>", or --accept when the existing gates are enough; ${then}`;
    case 'agent_asks':
      return `omk goal answer ${goal} --choose <number>, or --reject "<why>"; ${then}`;
    case 'cannot_run':
      return `mend it, ${then}; or omk goal answer ${goal} ${question.gates.map((gate) => `--known-red ${gate}`).join(' ')} (may stay red), or --accept (work all the same); ${then}`;
    default:
      return `omk goal diff ${goal}; omk goal answer ${goal} --accept, or --reject "<why>"; ${then}`;
  }
}

/** Whether there is a change to show. */
function isJudged(state: GoalState): boolean {
  const candidate = currentSnapshot(state)?.candidate;
  return candidate !== undefined && state.examined.has(candidate);
}

/** What the candidate changed in tests, worst first; where a person is asked about it, the question says so. */
function labels(state: GoalState, tests: TestChanges | undefined): readonly string[] {
  if (!tests || openQuestion(state)?.code === 'contract_changed') return [];
  return labelLines(tests, 8).map((line, index) => `  ${index === 0 ? 'tests ' : '      '}   ${labelled(line)}`);
}

const many = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
