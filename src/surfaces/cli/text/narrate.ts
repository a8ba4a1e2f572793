import { styleText } from 'node:util';
import type { TestChanges } from '../../../domain/contract/labels/change.ts';
import { labelLines } from '../../../domain/contract/labels/describe.ts';
import type { Limits } from '../../../domain/budget/figures.ts';
import { lackingHere } from '../../../domain/evidence/lacking.ts';
import { nearLimitsAtBase } from '../../../domain/evidence/near-limit.ts';
import { originWords } from '../../../domain/delivery/origin-words.ts';
import { cleanLine } from '../../../domain/text/clean.ts';
import { currentSnapshot, openQuestion, type GoalState } from '../../../domain/goal/state.ts';
import { findKept } from '../../../domain/task/kept.ts';
import type { Question } from '../../../domain/evidence/question.ts';
import type { Status } from '../../../domain/status.ts';
import { budgetRows } from '../../../app/live/budget.ts';
import { acceptedChecks } from '../../../domain/held-out/evidence.ts';
import { briefCheckLines, checkLines, heldOutLines } from './checks.ts';
import { briefCriterionLines, criterionLines } from './criteria.ts';
import type { Step } from '../../../domain/goal/step.ts';
import { duration } from './duration.ts';
import { many } from './many.ts';
import { missingLines, toldGaps } from './missing.ts';
import { nameGoal } from './name-goal.ts';
import { newTestLines } from './new-tests.ts';
import { labelled, questionLines } from './question.ts';
import { redBeforeLines } from './red-before.ts';
import type { GoalId } from '../../../domain/ids.ts';

const SENTENCE: Readonly<Record<Status, string>> = {
  running: 'a process works on the goal',
  paused: 'stopped; the work is kept',
  ready: 'done and proven',
  not_ready: 'work was attempted; this is missing',
  blocked_on_human: 'a person has to decide',
  blocked_on_external: 'something outside omk is missing',
  needs_more_budget: 'the budget is spent',
  failed_infra: 'the machinery failed',
  cancelled: 'a person ended it for good',
};

/** Of a change that was judged as it was given. */
const OF_GIVEN: Partial<Record<Status, string>> = {
  paused: 'stopped',
  ready: 'judged and proven',
  not_ready: 'this is missing',
};

const AFTER_STEP: Readonly<Record<Step, string>> = {
  execute: 'agents have no more to do before work lands; nothing was put together',
  verify: 'what is there is judged; no agent was started, and nothing was put together',
  integrate: 'what was accepted is put together; no agent was started',
};

const DESERTED = 'interrupted: no process works on it';

interface Where {
  readonly goal: GoalId;
  readonly folder: string;
  readonly colour: boolean;
  readonly deserted?: boolean;
  /** Only what a person needs at the end of a run; `omk goal show` has the rest. */
  readonly brief?: boolean;
  /** What to do when it is ready, instead of the usual. */
  readonly next?: string;
}

/** How it stands and what it cost, what to do next, what was done, what was checked, what is missing. */
export function narrate(state: GoalState, where: Where): readonly string[] {
  const bold = (text: string): string => (where.colour ? styleText('bold', text, { validateStream: false }) : text);
  const how = where.deserted ? DESERTED : `${state.status}: ${sentenceOf(state)}`;
  const head = bold(`${how}${spent(state)}`);
  // Before the work there is nothing but the question.
  if (where.brief && openQuestion(state) && state.attempts.length === 0)
    return [head, ...here(state), ...next(state, where), ...redBeforeLines(state)];
  if (where.brief)
    return [
      head,
      ...here(state),
      ...next(state, where),
      ...redBeforeLines(state),
      ...changeLines(state),
      ...(isEmpty(state) ? [] : briefCheckLines(state)),
      ...heldOutLines(state),
      ...briefCriterionLines(state),
      ...missingLines(state),
      ...briefLimits(state),
      ...newTestLines(state, where.goal),
    ];
  return [
    '',
    head,
    ...here(state),
    ...next(state, where),
    ...redBeforeLines(state),
    `  goal     ${where.goal}  ${cleanLine(state.created?.title ?? '', 72)}`,
    ...(state.created?.origin ? [`  from     ${originWords(state.created.origin)}`] : []),
    ...done(state),
    ...(isEmpty(state) ? [] : checkLines(state)),
    ...heldOutLines(state),
    ...criterionLines(state),
    ...newTestLines(state, where.goal),
    ...missingLines(state),
    ...limits(state),
    `  folder   ${where.folder}`,
  ];
}

function sentenceOf({ status, created, pausedAfter }: GoalState): string {
  if (pausedAfter !== null) return AFTER_STEP[pausedAfter];
  return (created?.given && OF_GIVEN[status]) ?? SENTENCE[status];
}

/** Before all else: without what is missing here, the rest says little. A question about it says it itself. */
const here = (state: GoalState): readonly string[] =>
  [...(openQuestion(state)?.code === 'cannot_run' ? [] : lackingHere(state)), ...nearLimitsAtBase(state)].map(
    (text) => `  here     ${cleanLine(text, 400)}`,
  );

const NO_LIMITS: Limits = { time: null, tokens: null, picoUsd: null };

/** Duration, tokens and dollars; nothing before an agent worked. */
function spent({ attempts, budget }: GoalState): string {
  if (attempts.length === 0) return '';
  const { ledger, recordedSecs } = budget;
  const time = duration(Number(recordedSecs) * 1000);
  const used = { secs: recordedSecs, tokens: ledger.tokens, picoUsd: ledger.picoUsd };
  const [, tokens, dollars] = budgetRows(NO_LIMITS, used, ledger).map((row) => row.used);
  if (ledger.told.size === 0 || (tokens === 'unknown' && dollars === 'unknown')) return ` (${time}, no usage reported)`;
  return ` (${time}; the agent reports ${tokens} tokens, ${dollars === 'unknown' ? 'cost unknown' : dollars})`;
}

function done(state: GoalState): readonly string[] {
  const turns = state.attempts.reduce((sum, attempt) => sum + attempt.turns.length, 0);
  const agent = cleanLine(state.created?.agent?.name ?? 'no agent');
  const { integrated, created } = state;
  return [
    created?.given
      ? `  change   ${cleanLine(created.given.name)}, as it was given`
      : `  work     ${many(state.attempts.length, 'attempt')}, ${many(turns, 'turn')} of ${agent}`,
    ...changeLines(state),
    ...(integrated
      ? [`  result   commit ${integrated.commit.slice(0, 12)}, tree ${integrated.tree.slice(0, 12)}`]
      : []),
  ];
}

/** The files that changed, and what became of the tests. */
function changeLines(state: GoalState): readonly string[] {
  const candidate = currentSnapshot(state)?.candidate;
  const examined = candidate === undefined ? undefined : state.examined.get(candidate);
  if (!examined || isEmpty(state)) return [];
  const { changes, tests } = examined;
  const shown = changes.slice(0, 8).map((each) => `${each.change} ${cleanLine(each.path)}`);
  const more = changes.length > 8 ? `, and ${changes.length - 8} more` : '';
  return [`  changes  ${shown.join(', ') || 'none'}${more}`, ...labels(state, tests)];
}

const known = ({ ended }: GoalState): readonly string[] =>
  (ended?.gaps ?? []).filter((gap) => gap.kind === 'known').map((gap) => `${cleanLine(gap.text, 300)} (${gap.code})`);

const limits = (state: GoalState): readonly string[] => known(state).map((text) => `  limit    ${text}`);

const briefLimits = (state: GoalState): readonly string[] =>
  known(state).length === 0 ? [] : [`  limits   ${known(state).join('; ')}`];

function next(state: GoalState, { goal, next: instead, brief }: Where): readonly string[] {
  const question = openQuestion(state);
  const log = worked(state) ? [`what the agent did: omk goal log ${goal}`] : [];
  const checks = acceptedChecks(state)
    ? [`to read the tests that were written first: omk goal diff --checks ${goal}`]
    : [];
  const diff = isJudged(state) && !isEmpty(state) ? [`to look first: omk goal diff ${goal}`] : [];
  if (state.status === 'ready') {
    if (instead !== undefined) return [`  next     ${instead}`];
    if (state.created?.given) return nextLines(`omk verify ${goal}`, diff, brief);
    const verify = brief ? [] : [`to check the proof: omk verify ${goal}`];
    return nextLines(`omk goal apply ${goal}`, [...diff, ...checks, ...log, ...verify], brief);
  }
  if (question)
    return [
      ...questionLines(question, ' '.repeat(11)).map((line, index) => (index === 0 ? `  question ${line}` : line)),
      `  next     ${waysOut(state, question, goal)}`,
    ];
  if (state.status === 'cancelled')
    return findKept(state, { attempt: null, turn: null }) === null || isUnchanged(state)
      ? []
      : [`  next     its work is kept: omk goal diff ${goal}, or omk goal apply ${goal} --not-ready`];
  const fix = state.ended?.failure?.fix;
  if (fix !== undefined) return nextLines(nameGoal(fix, goal), [...log], brief);
  const resume =
    state.created?.given && state.status === 'not_ready' ? 'mend it, then omk judge' : `omk goal resume ${goal}`;
  return nextLines(resume, [...diff, ...log], brief);
}

/** What to do first, and what else there is, a line each; on one more line where it has to be brief. */
const nextLines = (first: string, others: readonly string[], brief: boolean | undefined): readonly string[] => [
  `  next     ${first}`,
  ...(brief && others.length > 0 ? [others.join('; ')] : others).map((line) => `           ${line}`),
];

function waysOut({ policy }: GoalState, question: Question, goal: GoalId): string {
  const then = `then omk goal resume ${goal}`;
  switch (question.code) {
    case 'no_criterion':
      return (
        `omk goal answer ${goal} --check "<command that fails now and must ` +
        `pass>"` +
        `${policy?.gates.some((gate) => gate.required) ? ', or --accept when the existing gates are enough' : ''}` +
        `; ${then}`
      );
    case 'agent_asks':
      return `omk goal answer ${goal} ${question.question.wants ? '--text "<answer>"' : '--choose <number>'}, or --reject "<why>"; ${then}`;
    case 'cannot_run':
      return (
        `mend it, ${then}; or omk goal answer ${goal} ` +
        `${question.gates.map((gate) => `--known-red ${gate}`).join(' ')} (may stay red), or --accept ` +
        `(work all the same); ${then}`
      );
    default:
      return `omk goal diff ${goal}; omk goal answer ${goal} --accept, or --reject "<why>"; ${then}`;
  }
}

const worked = ({ attempts }: GoalState): boolean => attempts.some(({ turns }) => turns.length > 0);

/** Whether there is a change to show. */
function isJudged(state: GoalState): boolean {
  const candidate = currentSnapshot(state)?.candidate;
  return candidate !== undefined && state.examined.has(candidate);
}

const isEmpty = (state: GoalState): boolean => toldGaps(state).some(({ code }) => code === 'G_EMPTY_PATCH');

const isUnchanged = (state: GoalState): boolean => currentSnapshot(state)?.salvage === state.created?.repository.tree;

/** What the candidate changed in tests, worst first; where a person is asked about it, the question says so. */
function labels(state: GoalState, tests: TestChanges | undefined): readonly string[] {
  if (!tests || openQuestion(state)?.code === 'contract_changed') return [];
  return labelLines(tests, 8).map((line, index) => `  ${index === 0 ? 'tests ' : '      '}   ${labelled(line)}`);
}
