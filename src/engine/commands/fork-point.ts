import { OmkError } from '../../domain/error.ts';
import type { LoggedEvent } from '../../domain/goal/event.ts';
import { fold } from '../../domain/transition/evolve.ts';
import { findKept, keptWork, type KeptWork } from '../../domain/task/kept.ts';
import { hasManyTasks, type GoalState } from '../../domain/goal/state.ts';
import type { GoalId, TreeId } from '../../domain/ids.ts';
import { requireKept, type AskedWork } from './kept.ts';

/** The newest work, that of a turn, or what there was before an event of the log. */
export type ForkPoint = (
  | { readonly kind: 'newest' }
  | { readonly kind: 'turn'; readonly attempt: number; readonly turn: number }
  | { readonly kind: 'event'; readonly seq: number }
) & {
  /** Of one of several tasks. Null: what they have landed, where no turn is named. */
  readonly task: string | null;
};

/** Work to begin with, and how many events the log had then. */
export interface Begun {
  readonly tree: TreeId;
  readonly seq: number;
  /** The turn that it is of. Absent: what several tasks had landed. */
  readonly of?: { readonly attempt: number; readonly turn: number; readonly task?: string };
}

/** `OmkError` `NO_CANDIDATE`, `EVENT_NOT_FOUND`, `TASK_NOT_FOUND`. */
export function pointOf(goal: GoalId, state: GoalState, events: readonly LoggedEvent[], at: ForkPoint): Begun {
  if (at.kind === 'event' && at.seq > events.length)
    throw new OmkError('EVENT_NOT_FOUND', `The log has no event ${at.seq}`, `name one from 0 to ${events.length}`);
  const before = at.kind === 'event' ? events.slice(0, at.seq) : events;
  const then = at.kind === 'event' ? fold(before) : state;
  if (hasManyTasks(state) && at.kind !== 'turn' && at.task === null) return landedIn(goal, then, before);
  const asked = { ...(at.kind === 'turn' ? at : { attempt: null, turn: null }), task: at.task };
  const work = findKept(then, asked) ?? noneThen(goal, state, at, asked);
  const { attempt, turn, task } = work;
  const taken = events.find(
    ({ type, data }) => type === 'snapshot.taken' && data.attempt === attempt && data.turn === turn,
  );
  return {
    tree: work.snapshot.candidate,
    seq: (taken?.seq ?? events.length - 1) + 1,
    of: { attempt, turn, ...(hasManyTasks(state) ? { task } : {}) },
  };
}

/** Nothing that is there later was there then. */
function noneThen(goal: GoalId, state: GoalState, at: ForkPoint, asked: AskedWork): KeptWork {
  const there = keptWork(state).map(({ attempt, turn }) => `--at ${attempt}.${turn}`);
  if (at.kind === 'turn' && at.task === null && there.length > 0)
    throw new OmkError('NO_CANDIDATE', `Goal '${goal}' has no such attempt and turn`, `there is: ${there.join(', ')}`);
  const later = requireKept(state, goal, asked);
  if (at.kind !== 'event') return later;
  throw new OmkError(
    'NO_CANDIDATE',
    `Goal '${goal}' had no work${at.task === null ? '' : ` at task ${at.task}`} before event ${at.seq}`,
    `name a turn: --at ${later.attempt}.${later.turn}`,
    { exit: 3 },
  );
}

function landedIn(goal: GoalId, then: GoalState, before: readonly LoggedEvent[]): Begun {
  const seq = before.findLastIndex(({ type }) => type === 'tasks.integrated') + 1;
  if (then.head && seq > 0) return { tree: then.head.tree, seq };
  const [turn] = keptWork(then)
    .map(({ attempt, turn: of, task }) => `--at ${attempt}.${of} (task ${task})`)
    .slice(-1);
  throw new OmkError(
    'NO_CANDIDATE',
    `No task of goal '${goal}' had landed then`,
    turn === undefined ? `omk goal status ${goal}` : `name a turn: ${turn}`,
    { exit: 3 },
  );
}
