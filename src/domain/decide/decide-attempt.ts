import { disputed } from './dispute.ts';
import { OWN_TESTS } from '../judge/own-test-gaps.ts';
import { isUnshown } from '../own-tests/accepted.ts';
import { assessOwnTests } from '../own-tests/assess.ts';
import { isSealed } from '../held-out/options.ts';
import type { TreeId } from '../ids.ts';
import { end, record } from '../judge/intents.ts';
import type { Intent } from '../goal/intent.ts';
import { lookAt, openBeforeIntegration } from './look.ts';
import { acceptedSame, isContractRed, PERSONAL, personalQuestion } from './personal-question.ts';
import { ABOUT_CANDIDATE } from '../evidence/question.ts';
import { blocking, readiness, type BlockingGap } from '../judge/readiness.ts';
import { hasFallback, nextOf } from '../task/ladder.ts';
import { beforeRetry } from '../task/retry.ts';
import type { Next } from '../goal/rung.ts';
import { afterLimit, metLimit } from './usage-limit.ts';
import { askNext } from './agent-question.ts';
import {
  answerTo,
  lastAttempt,
  nextAttempt,
  startTree,
  type AttemptState,
  type DataOf,
  type GoalState,
  type TurnState,
} from '../goal/state.ts';

/** The part of `decide` that works on the only task: attempts, turns, snapshots, judgement, integration. */
export function decideAttempt(state: GoalState): readonly Intent[] {
  const attempt = lastAttempt(state);
  const task = state.plan?.tasks[0]?.id ?? 't1';
  const next = nextAttempt(state);
  if (!attempt) return [startAttempt(next, task, {})];
  // Checks that are revealed can judge nothing more.
  if (state.revealed) return [settled(state)];
  if (attempt.ended === 'accepted' && openBeforeIntegration(state).length === 0)
    return [afterAcceptance(state, attempt.turns.at(-1)?.snapshot?.candidate)];
  if (attempt.ended === null) return decideTurn(state, attempt);
  const how = nextOf(state, state.attempts, state.attemptsAllowed);
  if (how === null) return [giveUp(state, attempt)];
  return [disputed(state, 'before_more') ?? startAttempt(next, task, how)];
}

/** What an open attempt wants next; nothing while its turn runs. */
export function decideTurn(
  state: GoalState,
  attempt: AttemptState,
  judged: (turn: TurnState, candidate: TreeId) => readonly Intent[] = (turn, candidate) =>
    judge(state, attempt, turn, candidate),
): readonly Intent[] {
  const turn = attempt.turns.at(-1);
  if (!turn) return [runTurn(attempt, 'first')];
  if (turn.outcome === null) return [];
  if (turn.snapshot === null)
    return [
      {
        key: `snapshot:${attempt.attempt}:${turn.turn}`,
        kind: 'take_snapshot',
        attempt: attempt.attempt,
        turn: turn.turn,
      },
    ];
  if (turn.outcome.kind === 'interrupted') return [runTurn(attempt, 'continue')];
  const asked = askNext(state, attempt, turn);
  if (asked !== null) return [asked];
  // An agent that cancels its own turns, or asks again what was answered, without a stop by a person, has as many turns as any other.
  const stoppedItself = turn.outcome.kind === 'cancelled' || turn.outcome.kind === 'asked';
  if (stoppedItself && (turn.endedAt < state.resumedAt || turnsWorked(attempt) < maxTurns(state)))
    return [runTurn(attempt, 'continue')];
  if (turn.outcome.kind === 'unavailable') {
    if (turn.endedAt < state.resumedAt) return [runTurn(attempt, 'continue')];
    const waitedFor = metLimit(turn);
    const after = waitedFor && (afterLimit(state, attempt, turn, waitedFor) ?? runTurn(attempt, 'continue'));
    if (after?.kind === 'wait' || after?.kind === 'run_turn') return [after];
    if (hasFallback(state, attempt)) return [endAttempt(attempt, 'agent_failed')];
    if (after) return [after];
    return [
      end(state, 'blocked_on_external', {
        code: `AGENT_${turn.outcome.reason.toUpperCase()}`,
        text: turn.outcome.detail,
        fix: 'omk doctor, then omk goal resume',
      }),
    ];
  }
  return judged(turn, turn.snapshot.candidate);
}

function judge(state: GoalState, attempt: AttemptState, turn: TurnState, candidate: TreeId): readonly Intent[] {
  const unchanged = candidate === treeBefore(state, attempt);
  if (unchanged && turn.outcome?.kind === 'failed')
    return [beforeRetry(state, attempt, turn) ?? endAttempt(attempt, 'agent_failed')];
  const look = lookAt(state, candidate);
  if (look.kind === 'needs') return look.intents;
  if (look.kind === 'outage') return [outageEnd(state, look.text)];
  const { open } = look;
  if (open.length === 0) return [endAttempt(attempt, 'accepted')];
  const known = open.some((gap) => PERSONAL.has(gap.code) || isContractRed(gap))
    ? acceptedSame(state, candidate)
    : null;
  if (known) return [known];
  // An agent that wrote a secret down takes it out again, if it can, before a person is asked.
  const mayRemove = open.some((gap) => gap.code === 'G_SECRET') && !unchanged && turnsWorked(attempt) < maxTurns(state);
  if (!mayRemove && open.every((gap) => PERSONAL.has(gap.code))) {
    const question = personalQuestion(state, candidate);
    if (question) return [question];
  }
  if (unchanged && !rejectedSince(state, candidate, turn))
    return [insisted(state, attempt, candidate, open) ?? endAttempt(attempt, 'no_progress')];
  if (turnsWorked(attempt) >= maxTurns(state)) return [endAttempt(attempt, 'turns_spent')];
  return [runTurn(attempt, 'feedback')];
}

/** The agent was told and left its work as it is: what only a person can settle is asked before another attempt is paid. */
function insisted(
  state: GoalState,
  attempt: AttemptState,
  candidate: TreeId,
  open: readonly BlockingGap[],
): Intent | null {
  if (state.created?.options.asksUnshown !== true || hasFallback(state, attempt)) return null;
  const own = assessOwnTests(state, candidate);
  const isSettled = (gap: BlockingGap): boolean =>
    PERSONAL.has(gap.code) ||
    isContractRed(gap) ||
    (gap.subject === OWN_TESTS && (gap.code === 'G_GATE_PENDING' || isUnshown(own)));
  return open.every(isSettled) ? personalQuestion(state, candidate) : null;
}

/** The candidate is kept for the next resume. */
export const outageEnd = (state: GoalState, text: string): Intent =>
  end(state, 'failed_infra', { code: 'GATE_NOT_STARTED', text, fix: 'omk doctor, then omk goal resume' });

const maxTurns = (state: GoalState): number => state.created?.options.maxTurns ?? 1;

/** A turn that met a usage limit or an overload is no turn the agent had. */
const turnsWorked = (attempt: AttemptState): number => attempt.turns.filter((turn) => metLimit(turn) === null).length;

/**
 * The candidate judged before, or the base before the first: two equal trees in a row are no progress. What a
 * stopped turn left was not judged.
 */
function treeBefore(state: GoalState, attempt: AttemptState): TreeId | null {
  const previous = attempt.turns
    .slice(0, -1)
    .findLast(({ outcome }) => outcome?.kind === 'completed' || outcome?.kind === 'failed')?.snapshot?.candidate;
  return previous ?? startTree(state);
}

/** A person's "no" about this very tree is news for the agent, so the same session goes on. */
const rejectedSince = (state: GoalState, candidate: TreeId, turn: TurnState): boolean =>
  turn.endedAt < state.resumedAt && ABOUT_CANDIDATE.some((code) => answerTo(state, code, candidate)?.kind === 'reject');

export const startAttempt = (attempt: number, task: string, next: Next): Intent => ({
  key: `attempt:${attempt}`,
  kind: 'start_attempt',
  attempt,
  task,
  ...(next.agent || next.rung ? { next } : {}),
});

const runTurn = (attempt: AttemptState, reason: 'first' | 'feedback' | 'continue'): Intent => ({
  key: `turn:${attempt.attempt}:${attempt.turns.length + 1}`,
  kind: 'run_turn',
  attempt: attempt.attempt,
  turn: attempt.turns.length + 1,
  reason,
});

const endAttempt = (attempt: AttemptState, why: DataOf<'attempt.ended'>['why']): Intent =>
  record(`attempt-end:${attempt.attempt}:${attempt.turns.length}:${attempt.reopened}`, {
    type: 'attempt.ended',
    data: { attempt: attempt.attempt, why },
  });

/** The judged tree becomes the result, held-out checks become part of the log, the goal ends. */
export function afterAcceptance(state: GoalState, candidate: TreeId | undefined): Intent {
  if (candidate !== undefined && state.integrated?.tree !== candidate)
    return { key: `integrate:${candidate}`, kind: 'integrate', candidate };
  if (isSealed(state)) return { key: 'reveal', kind: 'reveal' };
  return settled(state);
}

export const settled = (state: GoalState): Intent =>
  end(state, blocking(readiness(state)).length === 0 ? 'ready' : 'not_ready');

/** No attempt is left. Changed tests are a question for a person, not a dead end; an agent that never worked is a broken machine. */
function giveUp(state: GoalState, attempt: AttemptState): Intent {
  return lastQuestion(state, attempt) ?? disputed(state, 'at_end') ?? agentFailed(state) ?? end(state, 'not_ready');
}

/** A person may still say that what is red for the change to the tests is wanted. */
export function lastQuestion(state: GoalState, attempt: AttemptState): Intent | null {
  const candidate = attempt.turns.findLast((each) => each.snapshot !== null)?.snapshot?.candidate;
  const contractRed = blocking(readiness(state)).some((gap: BlockingGap) => isContractRed(gap));
  return candidate !== undefined && contractRed ? personalQuestion(state, candidate) : null;
}

/** The end of a goal whose agent failed in every attempt since the last resume, or null. */
export function agentFailed(state: GoalState): Intent | null {
  const recent = state.attempts.filter((each) => each.turns.some((turn) => turn.endedAt >= state.resumedAt));
  if (recent.length === 0 || recent.some((each) => each.ended !== 'agent_failed')) return null;
  const outcome = state.attempts.at(-1)?.turns.at(-1)?.outcome;
  const detail = outcome?.kind === 'failed' ? `${outcome.reason}, ${outcome.detail}` : 'no turn was completed';
  return end(state, 'failed_infra', {
    code: 'AGENT_FAILED',
    text: `the agent failed in every attempt: ${detail}`,
    fix: 'omk doctor, then omk goal resume',
  });
}
