import { hasManyTasks, type GoalState } from '../../domain/goal/state.ts';
import { taskStatuses, type TaskStatus } from '../../domain/task/status.ts';
import type { Notice } from '../notice.ts';

/** One task of several, as a person watches it. Texts may be an agent's: rendering cleans them. */
export interface LiveTask {
  readonly id: string;
  readonly title: string;
  readonly status: TaskStatus;
  /** When it got this status, in milliseconds since the epoch. */
  readonly since: number;
  /** What its agent does, or says, as it put it; null while none works. */
  readonly step: string | null;
  /** Told by its agents so far. */
  readonly tokens: bigint;
}

/** The tasks after something happened; none where the goal has one task. */
export function trackTasks(before: readonly LiveTask[], notice: Notice): readonly LiveTask[] {
  if (notice.kind === 'activity') return withStep(before, notice);
  if (notice.kind !== 'event') return before;
  const { event, state } = notice;
  const tasks = tasksAt(state, before, Date.parse(event.ts));
  if (event.type !== 'usage.recorded') return tasks;
  const { attempt, inputTokens, outputTokens } = event.data;
  const task = state.attempts.find((each) => each.attempt === attempt)?.task;
  const told = BigInt(inputTokens ?? 0) + BigInt(outputTokens ?? 0);
  return tasks.map((each) => (each.id === task ? { ...each, tokens: each.tokens + told } : each));
}

/** Kept as they were where their status is. `at`: milliseconds since the epoch. */
export function tasksAt(state: GoalState, before: readonly LiveTask[], at: number): readonly LiveTask[] {
  if (!hasManyTasks(state)) return [];
  const titles = new Map((state.plan?.tasks ?? []).map(({ id, title }) => [id, title]));
  const known = new Map(before.map((each) => [each.id, each]));
  return [...taskStatuses(state)].map(([id, status]) => {
    const old = known.get(id);
    const step = waitOf(state, status);
    if (old && isSame(old.status, status)) return { ...old, status, step: step ?? old.step };
    return { id, title: titles.get(id) ?? '', status, since: at, step, tokens: old?.tokens ?? 0n };
  });
}

const WAITS = { usage_limit: 'usage limit', overloaded: 'no answer from the service', retry: 'the agent failed' };

function waitOf({ waits }: GoalState, status: TaskStatus): string | null {
  const wait = waits.find(({ attempt, waitedMs }) => attempt === attemptOf(status) && waitedMs === null);
  return wait ? `${WAITS[wait.why ?? 'usage_limit']}: until ${wait.until}` : null;
}

const attemptOf = (status: TaskStatus): number | null => ('attempt' in status ? status.attempt : null);
const isSame = (a: TaskStatus, b: TaskStatus): boolean => a.kind === b.kind && attemptOf(a) === attemptOf(b);

function withStep(
  tasks: readonly LiveTask[],
  { attempt, activity }: Extract<Notice, { kind: 'activity' }>,
): readonly LiveTask[] {
  let step: string | null = null;
  if (activity.kind === 'tool') step = activity.title;
  else if (activity.kind === 'says') step = activity.text;
  if (step === null) return tasks;
  return tasks.map((each) =>
    attemptOf(each.status) === attempt && each.status.kind === 'working' ? { ...each, step } : each,
  );
}
