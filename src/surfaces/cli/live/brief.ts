import type { Notice } from '../../../app/notice.ts';
import { baselineOf, baselineRuns, type Baseline } from '../../../domain/gates/baseline.ts';
import { lackingHere } from '../../../domain/evidence/lacking.ts';
import type { GateSpec } from '../../../domain/gates/gate.ts';
import { hiddenOf, visibleOf } from '../../../domain/held-out/options.ts';
import { acceptedChecks } from '../../../domain/held-out/evidence.ts';
import { hasManyTasks, type AttemptState, type GoalState } from '../../../domain/goal/state.ts';
import { agentsAllowed } from '../../../domain/task/agents-allowed.ts';
import { viewOfAttempt } from '../../../domain/task/view.ts';
import { cleanLine } from '../../../domain/text/clean.ts';
import { documentLines } from '../text/plan.ts';
import { duration } from '../text/duration.ts';
import { many } from '../text/many.ts';
import { plainLine } from './plain.ts';
import { reasonsOf, verdictsOf } from './verdicts.ts';

/** A run in words for a pipe: one line for each thing a person would ask about. `--verbose` prints every event instead. */
export function brief(): (notice: Notice) => readonly string[] {
  const turnMs = new Map<number, number>();
  return (notice) => {
    if (notice.kind !== 'event') return [];
    const { event, state } = notice;
    if (event.type === 'turn.ended') turnMs.set(event.data.attempt, event.data.durationMs);
    const attempt = attemptOf(notice);
    if (!hasManyTasks(state)) return linesOf(notice, turnMs.get(attempt?.attempt ?? 0) ?? null);
    // A merged tree is of no attempt.
    if (attempt === null) return event.type === 'candidate.examined' ? [] : linesOf(notice, null);
    const view = viewOfAttempt(state, attempt.attempt);
    const lines = linesOf({ ...notice, state: view }, turnMs.get(attempt.attempt) ?? null);
    return lines.map((line) => `${attempt.task}: ${line}`);
  };
}

/** Of a goal that was just made: its name and, where no picture shows it, what is run first. */
export function startLines(notice: Extract<Notice, { kind: 'event' }>, redraws: boolean): readonly string[] {
  if (notice.event.type === 'goal.created') return [plainLine(notice.event)];
  return redraws ? [] : linesOf(notice, null);
}

/** What a terminal keeps above the picture: that sessions come before the work, the plan in a page of text, and what came of the tests. */
export function planLines(notice: Notice): readonly string[] {
  if (notice.kind !== 'event') return [];
  const { event, state } = notice;
  const isOfPlan =
    event.type === 'plan.made' ||
    event.type === 'plan.submitted' ||
    event.type === 'checks.submitted' ||
    (event.type === 'attempt.started' && event.data.role === 'planner') ||
    (event.type === 'attempt.ended' && isBefore(state, event.data.attempt));
  return isOfPlan ? linesOf(notice, null) : [];
}

/** Of a session that comes before the work. */
const isBefore = ({ planners, oracles }: GoalState, number: number): boolean =>
  [...planners, ...oracles].some(({ attempt }) => attempt === number);

/** The attempt that an event is about. */
function attemptOf({ event, state }: Extract<Notice, { kind: 'event' }>): AttemptState | null {
  switch (event.type) {
    case 'turn.started':
    case 'turn.ended':
    case 'attempt.ended':
    case 'wait.started':
      return state.attempts.find(({ attempt }) => attempt === event.data.attempt) ?? null;
    case 'candidate.examined':
      return state.attempts.findLast(({ turns }) => turns.at(-1)?.snapshot?.candidate === event.data.candidate) ?? null;
    default:
      return null;
  }
}

function linesOf({ event, state }: Extract<Notice, { kind: 'event' }>, turnMs: number | null): readonly string[] {
  const agent = cleanLine(state.created?.agent?.name ?? 'the agent');
  switch (event.type) {
    case 'policy.resolved':
      return gatesLine(state);
    case 'plan.made':
      if (state.oracles.length > 0) return [];
      if (state.planners.length > 0)
        return [...(writesTestsFirst(state) ? [] : ownTestLine(state)), ...taskLine(state)];
      return [...baseLines(state), ...ownTestLine(state), ...taskLine(state)];
    case 'attempt.started':
      return event.data.role === 'planner' && state.planners.length === 1
        ? [...baseLines(state), plannedFirst(state)]
        : [];
    case 'plan.submitted':
      return event.data.kind === 'refused' ? [plainLine(event)] : [];
    case 'turn.started':
      if (event.data.turn > 1)
        return [...verdictsOf(state), ...reasonsOf(state), `${agent} goes on (turn ${event.data.turn})`];
      return [startLine(state, agent, event.data.attempt)];
    case 'turn.ended':
      return event.data.outcome.kind === 'completed' ? [] : [plainLine(event)];
    case 'candidate.examined':
      if (state.created?.given) return [`the change: ${many(event.data.changes.length, 'file')}`];
      return [
        `${agent} stopped after ${duration(turnMs)}: ${many(event.data.changes.length, 'file')} ${changedIn(state)}`,
      ];
    case 'checks.submitted':
      return event.data.kind === 'refused' ? [plainLine(event)] : [];
    case 'attempt.ended':
      if (isPlanner(state, event.data.attempt)) return planMadeLines(state, event.data.why === 'accepted');
      if (state.oracles.some(({ attempt }) => attempt === event.data.attempt)) return [checksLine(state)];
      return event.data.why === 'accepted' ? [] : [...verdictsOf(state), plainLine(event)];
    case 'tasks.integrated':
    case 'task.returned':
    case 'task.given_up':
    case 'task.dropped':
    case 'task.added':
    case 'task.proposed':
    case 'checks.added':
    case 'plan.edited':
    case 'plan.approved':
    case 'plan.rejected':
    case 'wait.started':
    case 'goal.paused':
    case 'goal.resumed':
    case 'goal.cancelled':
    case 'budget.extended':
      return [plainLine(event)];
    default:
      return [];
  }
}

/** A task that builds on others is compared with the base as well: what they changed counts. */
const changedIn = ({ focus, created }: GoalState): string =>
  focus && focus.start !== created?.repository.tree ? 'changed since the base' : 'changed';

const taskLine = (state: GoalState): readonly string[] =>
  hasManyTasks(state)
    ? [`the plan has ${many(state.tasks.length, 'task')}; up to ${agentsAllowed(state)} are worked on at once`]
    : [];

function startLine(state: GoalState, agent: string, attempt: number): string {
  if (isPlanner(state, attempt)) return `${agent} makes the plan`;
  if (state.oracles.some((each) => each.attempt === attempt)) return `${agent} writes tests of the goal`;
  const number = state.attempts.findIndex((each) => each.attempt === attempt) + 1;
  return `${agent} works${number < 2 ? '' : ` (attempt ${attempt})`}`;
}

const isPlanner = ({ planners }: GoalState, number: number): boolean =>
  planners.some(({ attempt }) => attempt === number);

const writesTestsFirst = ({ created }: GoalState): boolean => created?.options.oracle === 'agent';

/** Said once: what sessions there are before the work, and what saves them. */
const plannedFirst = (state: GoalState): string =>
  writesTestsFirst(state)
    ? 'no gate fails here, so an agent first makes a plan, and another session writes tests: about 2 sessions before the work starts ' +
      '(--check "<command that fails now and must pass>" saves them)'
    : 'an agent first makes a plan: about 1 session before the work starts (--planner never saves it)';

const baseLines = (state: GoalState): readonly string[] => [
  ...lackingHere(state).map((text) => cleanLine(text, 400)),
  baseLine(state),
];

/** The plan in a page of text, and work goes on. */
function planMadeLines(state: GoalState, holds: boolean): readonly string[] {
  const plan = state.created?.options.plan;
  return holds && plan ? ['the plan:', ...documentLines(plan.document)] : ['no valid plan was made'];
}

/** What came of a session that wrote checks. */
function checksLine(state: GoalState): string {
  if (acceptedChecks(state) === null) return 'no valid tests of the goal were written';
  const hidden = hiddenOf(state).length;
  const files = many(hidden + visibleOf(state).length, 'file');
  return `tests of the goal: ${files}, red on a wrong solution; ${hidden} of them hidden from the worker`;
}

const ownTestLine = ({ plan }: GoalState): readonly string[] => {
  if (plan?.oracle === 'agent')
    return [
      'nothing fails yet, so an agent writes tests of this goal first: about 1 session before the work starts ' +
        '(--check "<command that fails now and must pass>" saves it)',
    ];
  return plan?.ownTests === true
    ? [
        'nothing fails yet, so the agent writes tests with its change, and they must fail without it ' +
          '(not needed with --check "<command that fails now and must pass>")',
      ]
    : [];
};

const SHOWN = 5;

/** What the gates said of the base. */
const baseLine = (state: GoalState): string =>
  `on the base: ${gatesInWords(state.policy?.gates ?? [], (gate) => gateOnBase(state, gate))}`;

/** Said before the first result, which takes minutes in a large repository. */
function gatesLine({ policy, measurements }: GoalState): readonly string[] {
  const run = policy?.gates.filter(({ skip }) => !skip) ?? [];
  return measurements.length > 0 || run.length === 0
    ? []
    : [`running on the base: ${gatesInWords(run, ({ id }) => id)}`];
}

function gatesInWords(gates: readonly GateSpec[], words: (gate: GateSpec) => string): string {
  const more = gates.length > SHOWN ? `, and ${many(gates.length - SHOWN, 'gate')} more` : '';
  return `${gates.slice(0, SHOWN).map(words).join(', ') || 'no gates'}${more}`;
}

function gateOnBase({ measurements, created }: GoalState, gate: GateSpec): string {
  const base = created?.repository.tree ?? '';
  const baseline = gate.skip ? null : baselineOf(measurements, gate, base);
  if (!baseline) return `${gate.id} was not run`;
  const report = baselineRuns(measurements, gate, base, 1).at(-1)?.report;
  if (report?.kind !== 'tests') return `${gate.id} ${COLOURS[baseline.colour]}`;
  const { failed, passed } = report.tests;
  const of =
    failed.length === 0
      ? many(passed.length, 'test')
      : `${failed.length} of ${many(failed.length + passed.length, 'test')}`;
  return `${gate.id} ${COLOURS[baseline.colour]} (${of})`;
}

const COLOURS: Readonly<Record<Baseline['colour'], string>> = {
  green: 'passes',
  red: 'fails',
  unstable: 'does not always pass',
};
