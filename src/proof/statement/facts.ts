import { admits } from '../../domain/transition/admit.ts';
import type { LoggedEvent } from '../../domain/goal/event.ts';
import { evolve } from '../../domain/transition/evolve.ts';
import type { Gap } from '../../domain/goal/gap.ts';
import { readiness } from '../../domain/judge/readiness.ts';
import { EMPTY_STATE, currentSnapshot, type DataOf, type GoalState } from '../../domain/goal/state.ts';
import type { TerminalStatus } from '../../domain/status.ts';
import type { CommitId, Timestamp, TreeId } from '../../domain/ids.ts';

/** All that a proof says, recomputed from the log alone. The writer states it; the verifier computes it again. */
export interface Facts {
  readonly events: readonly LoggedEvent[];
  /** As it was when the terminal event was decided. */
  readonly state: GoalState;
  readonly created: DataOf<'goal.created'>;
  readonly status: TerminalStatus;
  readonly endedAt: Timestamp;
  readonly gaps: readonly Gap[];
  readonly candidate: TreeId | null;
  /** What the candidate changes; null until it was examined. */
  readonly examined: DataOf<'candidate.examined'> | null;
  /** The result commit, or the given one; null unless it holds the candidate. */
  readonly head: CommitId | null;
  /** Its statements name the commit and its tree as one subject, as those of before did. Absent: as two. */
  readonly joined?: true;
}

export type FactsResult =
  | { readonly kind: 'facts'; readonly facts: Facts }
  | { readonly kind: 'not_terminal'; readonly why: string }
  /** An event that cannot follow those before it. At the end: the log claims a status that its own facts do not show. */
  | { readonly kind: 'not_admitted'; readonly seq: number; readonly why: string; readonly facts: Facts };

/** Folds a whole log. The last event must be the terminal one: a goal that was continued has no proof yet. */
export function factsOf(events: readonly LoggedEvent[]): FactsResult {
  const last = events.at(-1);
  const claimed = claimedBy(last);
  if (!last || claimed === null)
    return { kind: 'not_terminal', why: `the last event is ${last?.type ?? 'missing'}, which ends nothing` };
  const { state, refusal } = foldAdmitted(events.slice(0, -1));
  if (!state.created) return { kind: 'not_terminal', why: 'the goal was never created' };
  const candidate = currentSnapshot(state)?.candidate ?? null;
  const facts: Facts = {
    events,
    state,
    created: state.created,
    status: claimed,
    endedAt: last.ts,
    gaps: readiness(state),
    candidate,
    examined: candidate === null ? null : (state.examined.get(candidate) ?? null),
    head: headOf(state, candidate),
  };
  const ending = admits(state, last);
  const refused = refusal ?? (ending === null ? null : { seq: events.length - 1, why: ending });
  return refused ? { kind: 'not_admitted', ...refused, facts } : { kind: 'facts', facts };
}

/** A commit is given, or was made of the candidate. */
function headOf({ created, integrated }: GoalState, candidate: TreeId | null): CommitId | null {
  if (created?.given) return created.given.commit;
  return integrated && integrated.tree === candidate ? integrated.commit : null;
}

interface Refusal {
  readonly seq: number;
  readonly why: string;
}

function foldAdmitted(events: readonly LoggedEvent[]): { readonly state: GoalState; readonly refusal: Refusal | null } {
  let state = EMPTY_STATE;
  let refusal: Refusal | null = null;
  for (const [seq, event] of events.entries()) {
    const why = admits(state, event);
    if (why !== null) refusal ??= { seq, why };
    state = evolve(state, event);
  }
  return { state, refusal };
}

function claimedBy(last: LoggedEvent | undefined): Facts['status'] | null {
  if (last?.type === 'goal.ended') return last.data.status;
  return last?.type === 'goal.cancelled' ? 'cancelled' : null;
}
