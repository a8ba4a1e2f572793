import { planRejected } from '../planner/approval.ts';
import { whyDisputed } from '../oracle/claimed.ts';
import type { Answer } from '../evidence/question.ts';
import { planEdited, plannerEnded, plannerStarted, planSubmitted } from '../planner/evolve.ts';
import { checksDisputed, oracleEnded, oracleStarted, submitted } from '../oracle/evolve.ts';
import { NO_BUDGET } from '../budget/figures.ts';
import { storedInteger } from '../budget/integer.ts';
import { count } from '../budget/ledger.ts';
import { afterDelivery } from '../delivery/delivery.ts';
import type { GateSpec } from '../gates/gate.ts';
import { withRun } from '../gates/measured-on.ts';
import type { Moment } from '../budget/moment.ts';
import { mergeKey } from '../goal/merge.ts';
import {
  attemptEnded,
  inTask,
  onlyTaskIntegrated,
  taskAdded,
  taskProposed,
  taskReturned,
  tasksIntegrated,
  tasksResumed,
  withAdded,
} from './evolve-tasks.ts';
import { laidKey } from '../task/laid.ts';
import { tasksOfPlan } from '../goal/task.ts';
import { admits, isOpenWait } from './admit.ts';
import type { GoalEvent } from '../goal/event.ts';
import type { Step } from '../goal/step.ts';
import { attemptsOf, withAttempt, withStarted } from '../goal/attempts.ts';
import {
  EMPTY_STATE,
  hasManyTasks,
  newestSnapshot,
  type AttemptState,
  type DataOf,
  type GoalState,
  type TurnState,
} from '../goal/state.ts';

/** Gates with what the goal's options say of all of them. */
const asAsked = ({ created }: GoalState, gates: readonly GateSpec[]): readonly GateSpec[] =>
  created?.options.baseline === 'once' ? gates.map((gate) => ({ ...gate, baselineRuns: 1 })) : gates;

/** Folds one event. An event that the state does not admit changes nothing but the version: the fold is total. */
export function evolve(state: GoalState, event: GoalEvent): GoalState {
  const next = admits(state, event) === null ? apply(state, event) : state;
  return { ...next, version: state.version + 1 };
}

export const fold = (events: readonly GoalEvent[], from: GoalState = EMPTY_STATE): GoalState =>
  events.reduce(evolve, from);

function apply(state: GoalState, event: GoalEvent): GoalState {
  switch (event.type) {
    case 'goal.created':
      return {
        ...state,
        created: event.data,
        attemptsAllowed: event.data.options.maxAttempts,
        budget: { ...state.budget, stored: event.data.options.budget ?? NO_BUDGET },
      };
    case 'policy.resolved':
      return { ...state, policy: { ...event.data.policy, gates: asAsked(state, event.data.policy.gates) } };
    case 'dependencies.prepared':
      return { ...state, dependencies: event.data };
    case 'gate.measured':
      return { ...state, measurements: withRun(state.measurements, event.data) };
    case 'checks.added':
      return state.policy
        ? {
            ...state,
            plan: null,
            policy: { ...state.policy, gates: [...state.policy.gates, ...asAsked(state, event.data.gates)] },
          }
        : state;
    case 'facts.read':
      return { ...state, facts: new Map(state.facts).set(event.data.tree, event.data.holds) };
    case 'command.observed':
      return { ...state, observed: [...state.observed, event.data] };
    case 'plan.made':
      return {
        ...state,
        plan: withAdded(event.data.plan, state.added),
        refusedChecks: event.data.refused,
        tasks: tasksOfPlan(
          withAdded(event.data.plan, state.added),
          state.tasks,
          state.created?.options.maxAttempts ?? 1,
        ),
      };
    case 'question.asked':
      return asked(state, event.data);
    case 'question.answered':
      return answered(
        {
          ...state,
          questions: state.questions.map((each) =>
            each.question.id === event.data.question ? { ...each, answer: event.data.answer } : each,
          ),
        },
        event.data,
      );
    case 'plan.approved':
      return { ...state, approved: event.data };
    case 'plan.submitted':
      return planSubmitted(state, event.data);
    case 'plan.edited':
      return planEdited(state, event.data);
    case 'plan.rejected':
      return planRejected(state, event.data);
    case 'checks.disputed':
      return checksDisputed(state, event.data);
    case 'checks.submitted':
      return submitted(state, event.data);
    case 'attempt.started':
      if (event.data.role === 'planner') return plannerStarted(state, event.data);
      if (event.data.role === 'oracle') return oracleStarted(state, event.data);
      return {
        ...state,
        attempts: withStarted(state.attempts, { ...event.data, turns: [], ended: null, reopened: 0 }),
      };
    case 'turn.started':
      return inAttempt(state, event.data.attempt, (attempt) => ({
        ...attempt,
        turns: [
          ...attempt.turns,
          {
            turn: event.data.turn,
            prompt: event.data.prompt,
            outcome: null,
            endedAt: 0,
            session: null,
            sandbox: null,
            snapshot: null,
          },
        ],
      }));
    case 'session.opened':
      return inTurn(state, event.data, (turn) => ({ ...turn, session: event.data.session }));
    case 'turn.ended':
      return inTurn(state, event.data, (turn) => ({
        ...turn,
        outcome: event.data.outcome,
        endedAt: state.version,
        session: event.data.session ?? turn.session,
        sandbox: event.data.sandbox,
        ...(event.data.model === undefined ? {} : { model: event.data.model }),
        ...(event.data.handed ? { handed: event.data.handed } : {}),
      }));
    case 'snapshot.taken':
      return inTurn(state, event.data, (turn) => ({ ...turn, snapshot: event.data.snapshot }));
    case 'candidate.examined':
      return { ...state, examined: new Map(state.examined).set(event.data.candidate, event.data) };
    case 'candidate.hollowed':
      return { ...state, hollowed: new Map(state.hollowed).set(event.data.candidate, event.data) };
    case 'attempt.ended':
      return plannerEnded(state, event.data) ?? oracleEnded(state, event.data) ?? attemptEnded(state, event.data);
    case 'trees.merged':
      return { ...state, merges: new Map(state.merges).set(mergeKey(event.data), event.data.merged) };
    case 'tasks.integrated':
      return tasksIntegrated(state, event.data.tasks);
    case 'task.returned':
      return taskReturned(state, event.data);
    case 'task.given_up':
      return inTask(state, event.data.task, (task) => ({ ...task, givenUp: true }));
    case 'task.proposed':
      return taskProposed(state, event.data);
    case 'tests.laid':
      return { ...state, laid: new Map(state.laid).set(laidKey(event.data), event.data) };
    case 'task.dropped':
      return inTask(state, event.data.task, (task) => ({ ...task, done: event.data.head }));
    case 'task.added':
      return taskAdded(state, event.data.task);
    case 'held_out.revealed':
      return { ...state, revealed: event.data };
    case 'goal.integrated':
      return onlyTaskIntegrated({ ...state, integrated: event.data }, event.data);
    case 'usage.recorded':
      return { ...state, budget: { ...state.budget, ledger: count(state.budget.ledger, event.data) } };
    case 'budget.checkpoint': {
      const { budget } = timed(state, event.data);
      return { ...state, budget: { ...budget, checkpoints: [...budget.checkpoints, event.data] } };
    }
    case 'budget.exhausted':
      return timed(state, event.data);
    case 'budget.extended':
      return extended(timed(state, event.data), event.data.budget);
    case 'wait.started':
      return { ...state, waits: [...state.waits, { ...event.data, waitedMs: null }] };
    case 'wait.ended':
      return {
        ...state,
        waits: state.waits.map((each) =>
          isOpenWait(each, event.data) ? { ...each, waitedMs: event.data.waitedMs } : each,
        ),
      };
    case 'output.lost':
    case 'state.checkpoint':
      return state;
    case 'goal.paused':
      return { ...state, status: 'paused', pausedAfter: event.data.step ?? null };
    case 'goal.resumed':
      return resume(state, event.data.step ?? null);
    case 'goal.cancelled':
      return { ...state, status: 'cancelled' };
    case 'goal.ended':
      return { ...state, status: event.data.status, ended: event.data };
    case 'delivery.pushed':
    case 'delivery.pr_opened':
    case 'delivery.pr_updated':
    case 'delivery.merged':
      return { ...state, delivery: afterDelivery(state.delivery, event) };
  }
}

/** Seconds since creation never go back. */
function timed(state: GoalState, { elapsedSecs }: Moment): GoalState {
  const secs = storedInteger(elapsedSecs);
  return secs > state.budget.recordedSecs ? { ...state, budget: { ...state.budget, recordedSecs: secs } } : state;
}

/** A goal that ended for want of budget can be continued once there is more. */
function extended(state: GoalState, stored: GoalState['budget']['stored']): GoalState {
  const budget = { ...state.budget, stored };
  return state.status === 'needs_more_budget'
    ? { ...state, budget, status: 'not_ready', ended: null }
    : { ...state, budget };
}

/** What a resume may try again: measurements that never started or ran out of memory, and as many attempts as the goal had at first. */
function resume(state: GoalState, step: Step | null): GoalState {
  const mayTry = state.status !== 'paused' && step !== 'verify' && step !== 'integrate';
  const more = mayTry ? (state.created?.options.maxAttempts ?? 0) : 0;
  return {
    ...state,
    status: 'running',
    ended: null,
    resumedAt: state.version,
    step,
    pausedAfter: null,
    attemptsAllowed: Math.max(state.attemptsAllowed, state.attempts.length + more),
    tasks: tasksResumed(state, more),
    measurements: state.measurements.filter(
      ({ outcome, purpose }) =>
        (outcome.kind !== 'not_started' && outcome.kind !== 'out_of_memory') ||
        ((purpose === 'canary' || purpose === 'altered') && outcome.kind === 'not_started' && outcome.at === 'tool'),
    ),
  };
}

/** Where a person accepted the same before, it is answered as it is asked. */
function asked(state: GoalState, { question, as }: DataOf<'question.asked'>): GoalState {
  if (as === undefined) return { ...state, questions: [...state.questions, { question, answer: null }] };
  const questions = [...state.questions, { question, answer: { kind: 'accept', as } } as const];
  return reopen({ ...state, questions }, question.id);
}

/** An answer about the newest candidate is about the attempt that made it, so that attempt goes on. */
function answered(state: GoalState, { question, answer }: DataOf<'question.answered'>): GoalState {
  const base = state.created?.repository.tree;
  switch (answer.kind) {
    case 'retry':
      return {
        ...state,
        dependencies: null,
        plan: null,
        measurements: state.measurements.filter(({ tree, purpose }) => tree !== base || purpose !== 'baseline'),
      };
    case 'known_red':
      return { ...state, plan: null };
    default:
      return replaced(state, question, answer) ?? reopen(state, question);
  }
}

/** Checks that a person called wrong: another session writes others. */
function replaced(state: GoalState, id: string, answer: Answer): GoalState | null {
  const question = state.questions.find((each) => each.question.id === id)?.question;
  return question?.code === 'check_disputed' && answer.kind === 'accept'
    ? planRejected(state, { why: whyDisputed(question.paths) })
    : null;
}

function reopen(state: GoalState, id: string): GoalState {
  const question = state.questions.find((each) => each.question.id === id)?.question;
  const attempts = question?.task === undefined ? state.attempts : attemptsOf(state, question.task);
  const attempt = attempts.at(-1);
  if (
    !attempt ||
    attempt.ended === null ||
    attempt.ended === 'accepted' ||
    (hasManyTasks(state) && question?.task === undefined) ||
    newestSnapshot(attempts)?.candidate !== question?.subject
  )
    return state;
  return inAttempt(state, attempt.attempt, (each) => ({ ...each, ended: null, reopened: each.reopened + 1 }));
}

const inAttempt = (state: GoalState, attempt: number, change: (attempt: AttemptState) => AttemptState): GoalState => ({
  ...state,
  attempts: withAttempt(state.attempts, attempt, change),
  planners: withAttempt(state.planners, attempt, change),
  oracles: withAttempt(state.oracles, attempt, change),
});

const inTurn = (
  state: GoalState,
  at: { attempt: number; turn: number },
  change: (turn: TurnState) => TurnState,
): GoalState =>
  inAttempt(state, at.attempt, (attempt) => ({
    ...attempt,
    turns: attempt.turns.map((each) => (each.turn === at.turn ? change(each) : each)),
  }));
