import { record, runGate } from '../judge/intents.ts';
import type { Intent, TurnReason } from '../goal/intent.ts';
import { nextAttempt, type AttemptState, type DataOf, type GoalState } from '../goal/state.ts';
import { acceptedChecks } from '../held-out/evidence.ts';
import { isShareSpent } from '../oracle/share.ts';
import { assessSubmission } from '../oracle/assess.ts';

/** An oracle that was refused so often is not asked again. */
const MOST_REFUSED = 3;
/** The task that its attempts are at: it is none of the plan. */
const ORACLE_TASK = 'oracle';

/** What a session that writes checks before the work wants next; null where none is wanted, or its checks hold. */
export function decideOracle(
  state: GoalState,
  decideTurn: (attempt: AttemptState, judge: () => readonly Intent[]) => readonly Intent[],
): readonly Intent[] | null {
  if (state.plan?.oracle !== 'agent' || acceptedChecks(state)) return null;
  const attempt = state.oracles.at(-1);
  if (!attempt || attempt.ended !== null) {
    const next = nextAttempt(state);
    return [{ key: `attempt:${next}`, kind: 'start_attempt', attempt: next, task: ORACLE_TASK, role: 'oracle' }];
  }
  return decideTurn(attempt, () => judge(state, attempt));
}

function judge(state: GoalState, attempt: AttemptState): readonly Intent[] {
  const turn = attempt.turns.at(-1);
  if (!turn) return [];
  const own = state.submissions.filter((each) => each.attempt === attempt.attempt);
  if (own.at(-1)?.turn !== turn.turn)
    return [
      {
        key: `checks:${attempt.attempt}:${turn.turn}`,
        kind: 'read_checks',
        attempt: attempt.attempt,
        turn: turn.turn,
      },
    ];
  const last = own.at(-1);
  if (last?.kind === 'refused' && last.upheld) return [ended(attempt, 'no_progress')];
  const found = assessSubmission(state);
  if (found.kind === 'needs') return found.runs.map(runGate);
  if (found.kind === 'accepted') return [ended(attempt, 'accepted')];
  return own.length >= MOST_REFUSED || isShareSpent(state)
    ? [ended(attempt, 'turns_spent')]
    : [runTurn(attempt, 'feedback')];
}

const ended = ({ attempt }: AttemptState, why: DataOf<'attempt.ended'>['why']): Intent =>
  record(`attempt-end:${attempt}`, { type: 'attempt.ended', data: { attempt, why } });

const runTurn = ({ attempt, turns }: AttemptState, reason: TurnReason): Intent => ({
  key: `turn:${attempt}:${turns.length + 1}`,
  kind: 'run_turn',
  attempt,
  turn: turns.length + 1,
  reason,
});
