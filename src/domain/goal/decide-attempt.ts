import { assess, type Assessment } from '../gates/assess.ts';
import type { GateSpec } from '../gates/gate.ts';
import { assessHeldOut, type HeldOut } from '../held-out/assess.ts';
import { heldOutOf } from '../held-out/options.ts';
import { HELD_OUT } from '../held-out/gaps.ts';
import type { TreeId } from '../ids.ts';
import { assessOwnTests } from '../own-tests/assess.ts';
import { OWN_TESTS } from '../own-tests/gaps.ts';
import { end, record, runGate } from './decide-record.ts';
import { factsWanted } from './facts-wanted.ts';
import type { Intent } from './intent.ts';
import { isContractRed, PERSONAL, personalQuestion } from './personal-question.ts';
import { ABOUT_CANDIDATE } from './question.ts';
import { blocking, readiness, type BlockingGap } from './readiness.ts';
import { afterLimit, metLimit } from './usage-limit.ts';
import { askNext } from './agent-question.ts';
import { answerTo, lastAttempt, type AttemptState, type DataOf, type GoalState, type TurnState } from './state.ts';

/** The part of `decide` that works: attempts, turns, snapshots, judgement, integration. */
export function decideAttempt(state: GoalState): readonly Intent[] {
  const attempt = lastAttempt(state);
  if (!attempt) return [startAttempt(state)];
  // Checks that are revealed can judge nothing more.
  if (state.revealed) return [settled(state)];
  if (attempt.ended === 'accepted' && openBeforeIntegration(state).length === 0)
    return [afterAcceptance(state, attempt)];
  if (attempt.ended !== null)
    return [state.attempts.length < state.attemptsAllowed ? startAttempt(state) : giveUp(state, attempt)];

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
    if (waitedFor !== null) return [afterLimit(state, attempt, turn, waitedFor) ?? runTurn(attempt, 'continue')];
    return [
      end(state, 'blocked_on_external', {
        code: `AGENT_${turn.outcome.reason.toUpperCase()}`,
        text: turn.outcome.detail,
        fix: 'omk doctor, then omk goal resume',
      }),
    ];
  }
  return judge(state, attempt, turn, turn.snapshot.candidate);
}

function judge(state: GoalState, attempt: AttemptState, turn: TurnState, candidate: TreeId): readonly Intent[] {
  const before = treeBefore(state, attempt);
  const unchanged = candidate === before;
  if (unchanged && turn.outcome?.kind === 'failed') return [endAttempt(attempt, 'agent_failed')];
  if (!state.examined.has(candidate)) return [{ key: `examine:${candidate}`, kind: 'examine', candidate }];
  const facts = factsWanted(state, candidate);
  if (facts) return [facts];
  const gates = state.policy?.gates ?? [];
  const assessments = isEmptyPatch(state, candidate) ? [] : gates.map((gate) => assess(state, gate, candidate));
  const runs = assessments.filter((each): each is Extract<Assessment, { kind: 'needs' }> => each.kind === 'needs');
  if (runs.length > 0) return runs.flatMap(({ run, beside }) => (beside ? [run, beside] : [run]).map(runGate));

  const heldOut = isEmptyPatch(state, candidate) ? null : assessHeldOut(state, candidate);
  const own = isEmptyPatch(state, candidate) ? null : assessOwnTests(state, candidate);
  const outage = sandboxOutage(gates, assessments, heldOut);
  if (outage)
    return [
      end(state, 'failed_infra', { code: 'GATE_NOT_STARTED', text: outage, fix: 'omk doctor, then omk goal resume' }),
    ];
  // They run where all else is shown, so that an agent learns of them as late as can be.
  const open = openBeforeIntegration(state).filter(
    (gap) => !(gap.code === 'G_GATE_PENDING' && (gap.subject === HELD_OUT || gap.subject === OWN_TESTS)),
  );
  if (open.length === 0 && own?.kind === 'needs_hollow')
    return [{ key: `hollow:${candidate}`, kind: 'hollow', candidate }];
  if (open.length === 0 && own?.kind === 'needs') return own.runs.map(runGate);
  if (open.length === 0 && heldOut?.kind === 'needs') return heldOut.runs.map(runGate);
  if (open.length === 0) return [endAttempt(attempt, 'accepted')];
  // An agent that wrote a secret down takes it out again, if it can, before a person is asked.
  const mayRemove = open.some((gap) => gap.code === 'G_SECRET') && !unchanged && turnsWorked(attempt) < maxTurns(state);
  if (!mayRemove && open.every((gap) => PERSONAL.has(gap.code))) {
    const question = personalQuestion(state, candidate);
    if (question) return [question];
  }
  if (unchanged && !rejectedSince(state, candidate, turn)) return [endAttempt(attempt, 'no_progress')];
  if (turnsWorked(attempt) >= maxTurns(state)) return [endAttempt(attempt, 'turns_spent')];
  return [runTurn(attempt, 'feedback')];
}

/** A sandbox that does not start says nothing about the candidate, which is kept for the next resume. */
export function sandboxOutage(
  gates: readonly GateSpec[],
  assessments: readonly Assessment[],
  heldOut: HeldOut | null,
): string | null {
  const runs = [
    ...assessments.flatMap((each) => (each.kind === 'judged' ? each.evidence : [])),
    ...(heldOut?.kind === 'not_shown' && heldOut.outage ? [heldOut.outage] : []),
  ];
  for (const { gate, outcome } of runs)
    if (
      outcome.kind === 'not_started' &&
      outcome.at === 'sandbox' &&
      gates.some((each) => each.id === gate && each.required)
    )
      return `gate ${gate} could not be run: ${outcome.detail}`;
  return null;
}

export const openBeforeIntegration = (state: GoalState): readonly BlockingGap[] =>
  blocking(readiness(state)).filter(
    (gap) =>
      gap.code !== 'G_NOT_INTEGRATED' && gap.code !== 'G_INTEGRATED_TREE_DIFFERS' && gap.code !== 'G_HELD_OUT_SEALED',
  );

const maxTurns = (state: GoalState): number => state.created?.options.maxTurns ?? 1;

/** A turn that met a usage limit or an overload is no turn the agent had. */
const turnsWorked = (attempt: AttemptState): number => attempt.turns.filter((turn) => metLimit(turn) === null).length;

const isEmptyPatch = (state: GoalState, candidate: TreeId): boolean =>
  candidate === state.created?.repository.tree && !state.created.options.allowNoChange;

/**
 * The candidate judged before, or the base before the first: two equal trees in a row are no progress. What a
 * stopped turn left was not judged.
 */
function treeBefore(state: GoalState, attempt: AttemptState): TreeId | null {
  const previous = attempt.turns
    .slice(0, -1)
    .findLast(({ outcome }) => outcome?.kind === 'completed' || outcome?.kind === 'failed')?.snapshot?.candidate;
  return previous ?? state.created?.repository.tree ?? null;
}

/** A person's "no" about this very tree is news for the agent, so the same session goes on. */
const rejectedSince = (state: GoalState, candidate: TreeId, turn: TurnState): boolean =>
  turn.endedAt < state.resumedAt && ABOUT_CANDIDATE.some((code) => answerTo(state, code, candidate)?.kind === 'reject');

const startAttempt = (state: GoalState): Intent => ({
  key: `attempt:${state.attempts.length + 1}`,
  kind: 'start_attempt',
  attempt: state.attempts.length + 1,
  task: state.plan?.tasks[0]?.id ?? 't1',
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

function afterAcceptance(state: GoalState, attempt: AttemptState): Intent {
  const candidate = attempt.turns.at(-1)?.snapshot?.candidate;
  if (candidate !== undefined && state.integrated?.tree !== candidate)
    return { key: `integrate:${candidate}`, kind: 'integrate', candidate };
  if (heldOutOf(state) && !state.revealed) return { key: 'reveal', kind: 'reveal' };
  return settled(state);
}

export const settled = (state: GoalState): Intent =>
  end(state, blocking(readiness(state)).length === 0 ? 'ready' : 'not_ready');

/** No attempt is left. Changed tests are a question for a person, not a dead end; an agent that never worked is a broken machine. */
function giveUp(state: GoalState, attempt: AttemptState): Intent {
  const candidate = attempt.turns.findLast((each) => each.snapshot !== null)?.snapshot?.candidate;
  const contractRed = blocking(readiness(state)).some(isContractRed);
  const question = candidate !== undefined && contractRed ? personalQuestion(state, candidate) : null;
  if (question) return question;
  const recent = state.attempts.filter((each) => each.turns.some((turn) => turn.endedAt >= state.resumedAt));
  if (recent.length > 0 && recent.every((each) => each.ended === 'agent_failed')) {
    const outcome = attempt.turns.at(-1)?.outcome;
    const detail = outcome?.kind === 'failed' ? `${outcome.reason}, ${outcome.detail}` : 'no turn was completed';
    return end(state, 'failed_infra', {
      code: 'AGENT_FAILED',
      text: `the agent failed in every attempt: ${detail}`,
      fix: 'omk doctor, then omk goal resume',
    });
  }
  return end(state, 'not_ready');
}
