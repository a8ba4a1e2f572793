import {
  afterAcceptance,
  agentFailed,
  decideTurn,
  lastQuestion,
  outageEnd,
  settled,
  startAttempt,
} from './decide-attempt.ts';
import { end, record } from '../judge/intents.ts';
import type { Intent } from '../goal/intent.ts';
import { lookAt } from './look.ts';
import { PERSONAL, personalQuestion } from './personal-question.ts';
import { attemptsOf, lastAttemptOf } from '../goal/attempts.ts';
import type { AttemptState, GoalState } from '../goal/state.ts';
import { plannedTasks } from '../plan/plan.ts';
import { decideQueue } from './decide-queue.ts';
import { agentsAllowed } from '../task/agents-allowed.ts';
import { proposalWanted } from '../task/decide-proposals.ts';
import { decideDone } from './done.ts';
import { finalTask } from './final.ts';
import { nextOf } from '../task/ladder.ts';
import type { Next } from '../goal/rung.ts';
import { openTasks, type OpenTask, type TaskStatus } from '../task/status.ts';
import type { TaskState } from '../goal/task.ts';
import { viewOfTask } from '../task/view.ts';
import { remembered } from '../remembered.ts';
import { writeSetsMeet } from '../task/write-set.ts';

/** The part of `decide` that works on several tasks. `inFlight`: what is being done and not recorded yet. */
export function decideTasks(state: GoalState, inFlight: readonly Intent[]): readonly Intent[] {
  const statuses = openTasks(state);
  const waiting = waitingTasks(state);
  const found = oldestFirst([
    ...decideQueue(state),
    ...statuses
      .filter(([{ id }, { kind }]) => GOES_ON.has(kind) && !waiting.has(id))
      .flatMap(([task]) => decideTask(state, task)),
  ]);
  // What an execution that was ended left is safe before anything is begun.
  const left = found.filter((intent) => isLeft(state, intent));
  if (left.length > 0) return left;
  const ends = found.filter(isEnd);
  const work = found.filter((intent) => !isEnd(intent));
  // An outside cause that stops one task stops the next one too.
  const starts = ends.length > 0 ? [] : startsOf(state, statuses, waiting, inFlight);
  if (work.length + starts.length + inFlight.length > 0) return [...withinAgents(state, work, inFlight), ...starts];
  const [ended] = ends;
  if (ended?.kind === 'record' && ended.event.type === 'goal.ended')
    return [end(state, ended.event.data.status, ended.event.data.failure)];
  return decideEnd(state, waiting);
}

const isLeft = (state: GoalState, intent: Intent): boolean =>
  intent.kind === 'take_snapshot' &&
  state.attempts.findLast(({ attempt }) => attempt === intent.attempt)?.turns.at(-1)?.outcome?.kind === 'interrupted';

/** Turns of the attempts that began first go on first: where not all fit, they are the ones. */
function oldestFirst(intents: readonly Intent[]): readonly Intent[] {
  const turns = intents.flatMap((intent) => (intent.kind === 'run_turn' ? [intent] : []));
  const rest = intents.filter(({ kind }) => kind !== 'run_turn');
  return [...rest, ...turns.sort((one, other) => one.attempt - other.attempt)];
}

const isEnd = (intent: Intent): boolean => intent.kind === 'record' && intent.event.type === 'goal.ended';

/** Tasks that wait for a person. */
const waitingTasks = ({ questions }: GoalState): ReadonlySet<string> =>
  new Set(
    questions.flatMap(({ question, answer }) =>
      answer === null && question.task !== undefined ? [question.task] : [],
    ),
  );

const GOES_ON: ReadonlySet<TaskStatus['kind']> = new Set(['working', 'judged', 'retrying', 'returned']);

function decideTask(state: GoalState, task: TaskState): readonly Intent[] {
  if (isAtWork(lastAttemptOf(state, task.id))) return [];
  const view = viewOfTask(state, task.id);
  const attempt = view.attempts.at(-1);
  if (!attempt) return [];
  const proposed = attempt.ended === null ? proposalWanted(state, attempt) : null;
  if (proposed) return [proposed];
  if (attempt.ended === null) return decideTurn(view, attempt).map((intent) => ofTask(task.id, intent));
  if (nextOf(state, view.attempts, task.allowed)) return [];
  const question = lastQuestion(view, attempt);
  return [question ? ofTask(task.id, question) : giveUp(task)];
}

/** Its agent works: nothing is to be decided before it stops. */
const isAtWork = (attempt: AttemptState | undefined): boolean => attempt?.turns.at(-1)?.outcome === null;

const giveUp = ({ id, allowed }: TaskState): Intent =>
  record(`give-up:${id}:${allowed}`, { type: 'task.given_up', data: { task: id } });

/** A question of one task stops no other. */
function ofTask(task: string, intent: Intent): Intent {
  if (intent.kind !== 'record' || intent.event.type !== 'question.asked') return intent;
  const { data } = intent.event;
  return { ...intent, event: { type: 'question.asked', data: { ...data, question: { ...data.question, task } } } };
}

/** New attempts: of returned and retried tasks as of those that begin, in the order of the plan. */
function startsOf(
  state: GoalState,
  statuses: readonly OpenTask[],
  waiting: ReadonlySet<string>,
  inFlight: readonly Intent[],
): readonly Intent[] {
  const starting = inFlight.flatMap((intent) => (intent.kind === 'start_attempt' ? [intent] : []));
  let room = agentsAllowed(state) - openAttempts(state.attempts) - starting.length;
  if (room <= 0) return [];
  const planned = state.plan && plannedTasks(state.plan);
  const writesOf = (id: string): readonly string[] => planned?.get(id)?.writes ?? NO_WRITES;
  const busy = new Set([...starting.map(({ task }) => task), ...inFlight.flatMap(droppedBy), ...waiting]);
  for (const [{ id }, { kind }] of statuses)
    if (kind === 'working' || kind === 'judged' || kind === 'queued') busy.add(id);
  const written = [...busy].map(writesOf);
  let next = nextNumber(state, starting);
  const found: Intent[] = [];
  for (const [task, status] of statuses) {
    if (room <= 0) break;
    const how = busy.has(task.id) ? null : howToStart(state, task, status);
    if (!how) continue;
    const own = writesOf(task.id);
    if (written.some((each) => writeSetsMeet(own, each))) continue;
    const done = decideDone(state, task.id);
    if (done) {
      found.push(...done);
      continue;
    }
    found.push(startAttempt(next, task.id, how));
    written.push(own);
    next += 1;
    room -= 1;
  }
  return found;
}

const NO_WRITES: readonly string[] = [];

/** Attempts have numbers of the goal, also those that are being started. */
const nextNumber = ({ attempts, oracles, planners }: GoalState, starting: readonly Numbered[]): number =>
  1 + Math.max(0, ...[attempts, oracles, planners, starting].map((each) => each.at(-1)?.attempt ?? 0));

type Numbered = Pick<AttemptState, 'attempt'>;

const droppedBy = (intent: Intent): readonly string[] =>
  intent.kind === 'record' && intent.event.type === 'task.dropped' ? [intent.event.data.task] : [];

function howToStart(state: GoalState, task: TaskState, { kind }: TaskStatus): Next | null {
  if (kind !== 'ready' && kind !== 'retrying' && kind !== 'returned') return null;
  return nextOf(state, attemptsOf(state, task.id), task.allowed);
}

const openAttempts = remembered((attempts: readonly AttemptState[]): number => {
  let open = 0;
  for (const { ended } of attempts) if (ended === null) open += 1;
  return open;
});

/** More attempts than may be alive go on where a person's answer opened one again: the oldest first. */
function withinAgents(state: GoalState, intents: readonly Intent[], inFlight: readonly Intent[]): readonly Intent[] {
  const isTurn = (intent: Intent): boolean => intent.kind === 'run_turn';
  let room = agentsAllowed(state) - inFlight.filter(isTurn).length;
  const known = new Set(inFlight.map(({ key }) => key));
  return intents.filter((intent) => !isTurn(intent) || known.has(intent.key) || (room -= 1) >= 0);
}

/** Nothing is left to do by itself: the whole is judged, a person is asked, or the goal ends with what is missing. */
function decideEnd(state: GoalState, waiting: ReadonlySet<string>): readonly Intent[] {
  if (waiting.size > 0) return [end(state, 'blocked_on_human')];
  const { head } = state;
  if (!head || state.tasks.some(({ integrated, done }) => !integrated && !done))
    return [agentFailed(state) ?? end(state, 'not_ready')];
  if (state.revealed) return [settled(state)];
  const look = lookAt(state, head.tree);
  if (look.kind === 'needs') return look.intents;
  if (look.kind === 'outage') return [outageEnd(state, look.text)];
  if (look.open.length === 0) return [afterAcceptance(state, head.tree)];
  const question = look.open.every((gap) => PERSONAL.has(gap.code)) ? personalQuestion(state, head.tree) : null;
  const last = question ? null : finalTask(state);
  return [question ?? (last ? record(`add:${last.id}`, { type: 'task.added', data: { task: last } }) : settled(state))];
}
