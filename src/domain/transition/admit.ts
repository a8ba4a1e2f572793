import { acceptedBefore } from '../evidence/accepted-before.ts';
import { wrongEntry } from '../budget/ledger.ts';
import { wrongMoment } from '../budget/moment.ts';
import { wrongDelivery, type DeliveryEvent } from '../delivery/delivery.ts';
import { wrongCached } from '../gates/cached.ts';
import type { GateSpec } from '../gates/gate.ts';
import { wrongObserved } from '../decide/commands-wanted.ts';
import { planRefusal } from '../plan/plan.ts';
import { blocking, readiness } from '../judge/readiness.ts';
import { mergeKey } from '../goal/merge.ts';
import { wrongLanding, wrongReturn } from '../queue/admit-queue.ts';
import { nextOf } from '../task/ladder.ts';
import { laidKey } from '../task/laid.ts';
import { wrongRuling } from '../task/decide-proposals.ts';
import { wrongDrop } from '../decide/done.ts';
import { wrongFinal } from '../decide/final.ts';
import { wrongGivingUp, wrongStart } from '../task/admit-task.ts';
import type { GoalEvent } from '../goal/event.ts';
import { heldOutOf } from '../held-out/options.ts';
import { wrongApproval, wrongRejection } from '../planner/approval.ts';
import {
  wrongEdit,
  wrongPlanner,
  wrongPlannerEnd,
  wrongPlanSubmission,
  wrongTooWeak,
  wrongWithoutApproval,
  wrongWithoutPlan,
} from './admit-planner.ts';
import { wrongEnd, wrongOracle, wrongSubmission, wrongWithoutChecks } from '../oracle/admit.ts';
import {
  hasManyTasks,
  lastAttempt,
  nextAttempt,
  revocable,
  sessionNumbered,
  type AttemptState,
  type DataOf,
  type GoalState,
  type WaitState,
} from '../goal/state.ts';
import { checksBelow } from '../goal/checks-commit.ts';
import { isHollow } from '../evidence/hollow.ts';
import { wrongDispute } from '../decide/dispute.ts';
import { isFinal, mayMove, type Status } from '../status.ts';

/**
 * Why an event cannot follow, or null when it can. The one guard of the transition table:
 * the engine asks before it appends, the fold asks again when it reads.
 */
export function admits(state: GoalState, event: GoalEvent): string | null {
  if (event.type === 'goal.created') return state.created ? 'the goal exists already' : wrongWork(event.data);
  if (!state.created) return 'the goal does not exist yet';
  switch (event.type) {
    case 'goal.paused':
      return move(state, 'paused');
    case 'goal.resumed':
      return move(state, 'running');
    case 'goal.cancelled':
      return move(state, 'cancelled');
    case 'goal.ended':
      return move(state, event.data.status) ?? (event.data.status === 'ready' ? whyNotReady(state) : null);
    case 'question.answered':
      return answerable(state, event.data);
    case 'plan.approved':
      return wrongApproval(state, event.data);
    case 'plan.edited':
      return wrongEdit(state, event.data);
    case 'plan.rejected':
      return wrongRejection(state);
    case 'checks.added':
      return isFinal(state.status) ? notRunning(state) : twice([...(state.policy?.gates ?? []), ...event.data.gates]);
    // A turn that a stop interrupted still ends, and its work is still kept.
    case 'turn.ended':
    case 'snapshot.taken':
      return state.status === 'ready' ? notRunning(state) : inOrder(state, event);
    // What was used before a stop is still told after it.
    case 'usage.recorded':
      return state.status === 'ready' ? notRunning(state) : wrongEntry(state.budget.ledger, event.data);
    case 'budget.checkpoint':
      return state.status === 'ready' ? notRunning(state) : wrongMoment(event.data);
    case 'budget.extended':
      return isFinal(state.status) ? notRunning(state) : wrongMoment(event.data);
    case 'state.checkpoint':
      return null;
    case 'wait.ended':
      return state.waits.some((wait) => isOpenWait(wait, event.data)) ? null : 'no wait is under way';
    // What is delivered is a result and its proof, which stay as they are.
    case 'delivery.pushed':
    case 'delivery.pr_opened':
    case 'delivery.pr_updated':
    case 'delivery.merged':
      return state.status === 'ready' ? wrongDelivery(state.delivery, event) : notRunning(state);
    case 'policy.resolved':
    case 'dependencies.prepared':
    case 'gate.measured':
    case 'facts.read':
    case 'command.observed':
    case 'plan.made':
    case 'question.asked':
    case 'attempt.started':
    case 'attempt.ended':
    case 'session.opened':
    case 'turn.started':
    case 'candidate.examined':
    case 'candidate.hollowed':
    case 'checks.submitted':
    case 'checks.disputed':
    case 'plan.submitted':
    case 'held_out.revealed':
    case 'goal.integrated':
    case 'trees.merged':
    case 'tasks.integrated':
    case 'task.returned':
    case 'task.given_up':
    case 'task.proposed':
    case 'tests.laid':
    case 'task.dropped':
    case 'task.added':
    case 'budget.exhausted':
    case 'wait.started':
    case 'output.lost':
      return state.status === 'running' ? inOrder(state, event) : notRunning(state);
  }
}

/** Attempts of different tasks may wait at once. */
export const isOpenWait = (
  wait: WaitState,
  { attempt, turn }: { readonly attempt: number; readonly turn: number },
): boolean => wait.waitedMs === null && wait.attempt === attempt && wait.turn === turn;

const move = (state: GoalState, to: Status): string | null =>
  mayMove(state.status, to) ? null : `a ${state.status} goal cannot become ${to}`;

/** Either an agent works, or a change is given. */
const wrongWork = ({ agent, given }: DataOf<'goal.created'>): string | null =>
  (agent === undefined) === (given === undefined) ? 'a goal has either an agent or a given change' : null;

const notRunning = (state: GoalState): string => `the goal is ${state.status}`;

const whyNotReady = (state: GoalState): string | null => {
  const gap = blocking(readiness(state))[0];
  return gap ? `not ready: ${gap.code} ${gap.subject}` : null;
};

/** Evidence names its gate, so two gates of one name would share it. */
const twice = (gates: readonly GateSpec[]): string | null => {
  const double = gates.find((gate, index) => gates.findIndex((each) => each.id === gate.id) < index);
  return double ? `two gates are called ${double.id}` : null;
};

function answerable(state: GoalState, { question: id, answer }: DataOf<'question.answered'>): string | null {
  if (isFinal(state.status)) return notRunning(state);
  const taken = revocable(state);
  const open =
    state.questions.find((each) => each.question.id === id && each.answer === null)?.question ??
    (taken?.id === id ? taken : undefined);
  if (!open) return `no open question ${id}`;
  if (answer.kind !== 'retry' && answer.kind !== 'known_red') return null;
  if (open.code !== 'cannot_run') return `question ${id} is not answered with ${answer.kind}`;
  const unknown = answer.kind === 'retry' ? undefined : answer.gates.find((gate) => !open.gates.includes(gate));
  return unknown === undefined ? null : `question ${open.id} is not about gate ${unknown}`;
}

function wrongQuestion({ questions }: GoalState, { question, as }: DataOf<'question.asked'>): string | null {
  if (questions.some((each) => each.question.id === question.id)) return 'asked already';
  const before = as === undefined ? as : acceptedBefore(questions, question);
  return as?.join() === before?.join() ? null : `nobody accepted what question ${question.id} is about`;
}

/** Events that are admitted by what came before them, and not by the status alone. */
type Ordered = Exclude<
  GoalEvent,
  {
    readonly type:
      | 'goal.created'
      | 'goal.paused'
      | 'goal.resumed'
      | 'goal.cancelled'
      | 'goal.ended'
      | 'question.answered'
      | 'checks.added'
      | 'plan.approved'
      | 'plan.edited'
      | 'plan.rejected'
      | 'usage.recorded'
      | 'budget.checkpoint'
      | 'budget.extended'
      | 'state.checkpoint'
      | 'wait.ended'
      | DeliveryEvent['type'];
  }
>;

/** Attempts follow each other where there is one task; of many, those of different tasks are open at once. */
const attemptNamed = (state: GoalState, number: number): AttemptState | null =>
  hasManyTasks(state) || state.oracles.length > 0 || state.planners.length > 0
    ? (sessionNumbered(state, number) ?? null)
    : lastAttempt(state);

function wrongOnlyStart(state: GoalState, { attempt: number, agent }: DataOf<'attempt.started'>): string | null {
  if (lastAttempt(state)?.ended === null) return 'an attempt is open';
  if (agent !== undefined && nextOf(state, state.attempts, state.attemptsAllowed)?.agent !== agent)
    return 'it is not the turn of the other agent';
  return number === nextAttempt(state) ? null : 'attempts are numbered one by one';
}

/** No default: an event that is not named here is an error of the compiler, not an event that may always follow. */
function inOrder(state: GoalState, event: Ordered): string | null {
  const attempt = 'attempt' in event.data ? attemptNamed(state, event.data.attempt) : null;
  const turn = attempt?.turns.at(-1) ?? null;
  switch (event.type) {
    case 'gate.measured':
      return wrongCached(
        state.created?.goal ?? '',
        state.policy?.gates.find(({ id }) => id === event.data.gate),
        state.measurements,
        event.data,
      );
    case 'attempt.started':
      if (state.created?.given) return 'the change is given';
      if (state.revealed) return 'the held-out checks are revealed';
      if (event.data.role === 'planner') return wrongPlanner(state, event.data);
      if (event.data.role === 'oracle')
        return wrongWithoutPlan(state) ?? wrongTooWeak(state) ?? wrongOracle(state, event.data);
      return (
        wrongWithoutPlan(state) ??
        wrongWithoutChecks(state) ??
        wrongWithoutApproval(state) ??
        (hasManyTasks(state) ? wrongStart(state, event.data) : wrongOnlyStart(state, event.data))
      );
    case 'checks.disputed':
      return wrongDispute(state, event.data);
    case 'checks.submitted':
      return wrongSubmission(state, event.data);
    case 'plan.submitted':
      return wrongPlanSubmission(state, event.data);
    case 'turn.started':
      if (state.revealed) return 'the held-out checks are revealed';
      if (attempt?.attempt !== event.data.attempt || attempt.ended !== null) return 'no such open attempt';
      if (turn && (turn.outcome === null || turn.snapshot === null)) return 'the turn before is not finished';
      return event.data.turn === attempt.turns.length + 1 ? null : 'turns are numbered one by one';
    case 'session.opened':
    case 'turn.ended':
      return attempt?.attempt === event.data.attempt && turn?.turn === event.data.turn && turn.outcome === null
        ? null
        : 'no such open turn';
    case 'snapshot.taken':
      return attempt?.attempt === event.data.attempt &&
        turn?.turn === event.data.turn &&
        turn.outcome !== null &&
        turn.snapshot === null
        ? null
        : 'no turn waits for this snapshot';
    case 'attempt.ended':
      return attempt?.attempt === event.data.attempt && attempt.ended === null
        ? (wrongPlannerEnd(state, event.data) ?? wrongEnd(state, event.data))
        : 'no such open attempt';
    case 'wait.started':
      return attempt?.attempt === event.data.attempt && turn?.turn === event.data.turn && turn.outcome !== null
        ? null
        : 'no turn met a limit';
    case 'budget.exhausted':
      return wrongMoment(event.data);
    case 'candidate.examined':
      return state.examined.has(event.data.candidate) ? 'examined already' : null;
    case 'candidate.hollowed':
      if (!state.examined.has(event.data.candidate)) return 'not examined yet';
      if (state.hollowed.has(event.data.candidate)) return 'hollowed already';
      return isHollow(event.data) ? null : 'what is said to be without the change is the change itself';
    case 'held_out.revealed':
      return state.revealed || !heldOutOf(state) || !(state.integrated || state.created?.given)
        ? 'nothing is to be revealed'
        : null;
    case 'goal.integrated':
      if (hasManyTasks(state) && state.head?.commit !== event.data.commit) return 'this is not the integrated head';
      if (event.data.checks !== undefined && checksBelow(state).length === 0) return 'no checks go below the result';
      return state.integrated?.tree === event.data.tree ? 'integrated already' : null;
    case 'trees.merged':
      return state.merges.has(mergeKey(event.data)) ? 'merged already' : null;
    case 'tasks.integrated':
      return wrongLanding(state, event.data);
    case 'task.returned':
      return wrongReturn(state, event.data);
    case 'task.given_up':
      return wrongGivingUp(state, event.data.task);
    case 'task.proposed':
      return wrongRuling(state, event.data);
    case 'tests.laid':
      return state.laid.has(laidKey(event.data)) ? 'laid already' : null;
    case 'task.dropped':
      return wrongDrop(state, event.data);
    case 'task.added':
      return wrongFinal(state, event.data.task);
    case 'policy.resolved':
      return state.policy ? 'the policy is pinned already' : twice(event.data.policy.gates);
    case 'question.asked':
      return wrongQuestion(state, event.data);
    case 'facts.read':
      return state.facts.has(event.data.tree) ? 'read already' : null;
    case 'command.observed':
      return wrongObserved(state, event.data);
    case 'plan.made':
      return planRefusal(event.data.plan);
    case 'dependencies.prepared':
    case 'output.lost':
      return null;
  }
}
