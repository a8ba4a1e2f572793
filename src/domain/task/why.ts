import { hasManyTasks, type GoalState, type WaitState } from '../goal/state.ts';
import { cleanLine } from '../text/clean.ts';
import { agentsAllowed } from './agents-allowed.ts';
import { taskStatuses, type TaskStatus } from './status.ts';
import { writeSetsMeet } from './write-set.ts';
import type { GoalId } from '../ids.ts';

/** Why a task is or is not worked on now, in a sentence, and what changes that; null where nobody has to do anything. */
export interface Why {
  readonly text: string;
  readonly fix: string | null;
}

/** From the state alone. `goal`: its name, for commands. Null where the plan has no such task. */
export function whyTask(state: GoalState, goal: GoalId, id: string): Why | null {
  const statuses = taskStatuses(state);
  const status = statuses.get(id);
  if (!status) return null;
  return settled(status, goal) ?? held(state, goal, id) ?? open(state, statuses, id, status);
}

/** What nothing that runs will change. */
function settled(status: TaskStatus, goal: GoalId): Why | null {
  switch (status.kind) {
    case 'integrated':
      return { text: `it is done: commit ${status.commit.slice(0, 12)} of the result`, fix: null };
    case 'done':
      return { text: 'what landed before has all that it was to bring', fix: null };
    case 'given_up':
      return { text: 'no attempt at it succeeded, and none is left', fix: `omk goal resume ${goal} gives it new ones` };
    case 'dropped':
      return {
        text: `it needs ${status.by}, which was not done`,
        fix: `omk goal resume ${goal} gives ${status.by} new attempts`,
      };
    default:
      return null;
  }
}

/** What holds the whole goal, or waits for a person. */
function held({ status, questions }: GoalState, goal: GoalId, id: string): Why | null {
  const asked = questions.find(({ answer, question }) => answer === null && (question.task ?? id) === id);
  if (asked)
    return { text: `it waits for an answer: ${asked.question.text}`, fix: `omk goal answer ${goal} --task ${id}` };
  if (status === 'running') return null;
  return { text: `the goal is ${status}`, fix: `omk goal resume ${goal}` };
}

function open(state: GoalState, statuses: ReadonlyMap<string, TaskStatus>, id: string, status: TaskStatus): Why {
  switch (status.kind) {
    case 'waiting':
      return {
        text: `it waits for ${status.on.map((on) => `${on} (${wordOf(statuses.get(on))})`).join(', ')}`,
        fix: null,
      };
    case 'working': {
      const wait = state.waits.find(({ attempt, waitedMs }) => attempt === status.attempt && waitedMs === null);
      if (wait) return { text: `attempt ${status.attempt} waits until ${wait.until} for ${whatFor(wait)}`, fix: null };
      return { text: `${whoWorks(state, status.attempt)} works on it (attempt ${status.attempt})`, fix: null };
    }
    case 'judged':
      return { text: `what attempt ${status.attempt} left is being judged`, fix: null };
    case 'queued':
      return {
        text: `attempt ${status.attempt} is accepted, and its work waits to be merged and judged with what landed`,
        fix: null,
      };
    case 'ready':
    case 'returned':
    case 'retrying':
      return notStarted(state, statuses, id, status);
    case 'integrated':
    case 'done':
    case 'given_up':
    case 'dropped':
      return { text: 'nothing is left to do', fix: null };
  }
}

function whoWorks({ attempts, created }: GoalState, number: number): string {
  const isOther = attempts.find(({ attempt }) => attempt === number)?.agent === 'fallback';
  const name = isOther ? created?.options.fallbackAgent?.name : undefined;
  return name === undefined ? 'an agent' : `the other agent, ${cleanLine(name)},`;
}

const WAITS_FOR = {
  usage_limit: 'the usage limit of its agent',
  overloaded: 'the service of its agent',
  retry: 'a new start of its agent, which failed',
};

const whatFor = ({ why }: WaitState): string => WAITS_FOR[why ?? 'usage_limit'];

/** A task whose next attempt could begin, by the rules of `decideTasks`. */
function notStarted(state: GoalState, statuses: ReadonlyMap<string, TaskStatus>, id: string, status: TaskStatus): Why {
  const before = cameBack(status);
  const writes = new Map((state.plan?.tasks ?? []).map((task) => [task.id, task.writes]));
  const meets = [...statuses].find(
    ([other, { kind }]) =>
      other !== id && BUSY.has(kind) && writeSetsMeet(writes.get(id) ?? [], writes.get(other) ?? []),
  );
  if (meets)
    return { text: `${before}it may write what ${meets[0]} may write, which is ${wordOf(meets[1])}`, fix: null };
  const allowed = agentsAllowed(state);
  const alive = state.attempts.filter(({ ended }) => ended === null).length;
  if (hasManyTasks(state) && alive >= allowed)
    return { text: `${before}${alive} of ${allowed} agents are at work already`, fix: boundBy(state, allowed) };
  return { text: `${before}its next attempt is about to begin`, fix: null };
}

const BUSY: ReadonlySet<TaskStatus['kind']> = new Set(['working', 'judged', 'queued']);

/** More agents are asked for than a budget lets work. */
const boundBy = ({ created }: GoalState, allowed: number): string | null =>
  (created?.options.maxAgents ?? 1) > allowed
    ? 'with a token or dollar budget several agents work only where report_tokens and report_usd of the agent are configured'
    : null;

function cameBack(status: TaskStatus): string {
  if (status.kind === 'retrying') return `attempt ${status.attempt} ended without a result; `;
  if (status.kind !== 'returned') return '';
  const { attempt, why } = status;
  return why.kind === 'conflict'
    ? `attempt ${attempt} conflicted in ${why.paths.slice(0, 3).join(', ')}; `
    : `attempt ${attempt} broke what landed before; `;
}

const WORDS: Readonly<Record<TaskStatus['kind'], string>> = {
  waiting: 'waiting',
  ready: 'ready',
  working: 'working',
  judged: 'judged',
  queued: 'queued',
  integrated: 'landed',
  returned: 'returned',
  retrying: 'retrying',
  given_up: 'given up',
  done: 'done before',
  dropped: 'dropped',
};

/** The state of a task in a word. */
export const wordOf = (status: TaskStatus | undefined): string => (status ? WORDS[status.kind] : 'unknown');
