import { hasManyTasks, type GoalState } from '../goal/state.ts';
import type { GoalId, RepoPath } from '../ids.ts';
import { writeProblem } from '../plan/safe-path.ts';
import type { Task } from '../plan/plan.ts';
import type { Proposal, Ruling } from '../goal/proposed.ts';
import { followsTaskRules } from './rules.ts';

const MOST = 5;
const MOST_DEPTH = 2;
const MOST_LISTED = 20;
const TITLE = 120;
const TEXT = 4000;

/**
 * Where an agent without tools leaves a proposal. The name of the goal is random, so that no file of the base can be taken for one. Never
 * part of a candidate.
 */
export const proposalFileOf = (goal: GoalId): RepoPath => `omk-task-${goal}.json`;

/** A proposal as an agent wrote it down, or what is wrong with it. */
export function readProposal(text: string): Proposal | string {
  const value = parsed(text);
  if (typeof value !== 'object' || value === null) return 'it is no JSON object';
  const given = new Map(Object.entries(value));
  const word = (key: string): string => String(given.get(key) ?? '').trim();
  const isText = ['title', 'brief', 'why'].every((key) => ['string', 'undefined'].includes(typeof given.get(key)));
  const lists = ['needs', 'writes', 'criteria'].map((key) => given.get(key) ?? []);
  if (!isText || !lists.every(isList))
    return 'title, brief and why are texts; needs, writes and criteria are lists of texts';
  const [needs = [], writes = [], criteria = []] = lists.filter(isList);
  return { title: word('title'), brief: word('brief'), why: word('why'), needs, writes, criteria };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

const isList = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.length <= MOST_LISTED && value.every((each) => typeof each === 'string');

/** Whether the plan takes the task, by rule: nobody is asked. */
export function ruleOn(state: GoalState, attempt: number, proposal: Proposal): Ruling {
  const why = wrongGoal(state) ?? wrongWords(state, proposal) ?? wrongPlace(state, proposal) ?? tooMany(state, attempt);
  if (why !== null) return { kind: 'refused', why };
  const { title, brief, needs, writes, criteria } = proposal;
  const id = freeId(state.plan?.tasks ?? []);
  return {
    kind: 'accepted',
    task: { id, title, brief, needs, writes, criteria, origin: { kind: 'proposed', attempt } },
  };
}

function wrongGoal(state: GoalState): string | null {
  if (!followsTaskRules(state) || !hasManyTasks(state) || !state.plan)
    return 'the goal has one task: do all of it there';
  if (state.revealed || state.plan.tasks.some(({ origin }) => origin?.kind === 'final'))
    return 'the goal is at its end';
  return null;
}

function wrongWords({ plan }: GoalState, { title, brief, why }: Proposal): string | null {
  if (title === '' || title.length > TITLE) return `the title has 1 to ${TITLE} characters`;
  if (brief.length > TEXT || why.length > TEXT) return `brief and why have at most ${TEXT} characters`;
  if (why === '') return 'it does not say why the task is needed';
  const same = plan?.tasks.find((task) => task.title.toLowerCase() === title.toLowerCase());
  return same ? `task ${same.id} has that title already` : null;
}

function wrongPlace({ plan }: GoalState, { needs, writes, criteria }: Proposal): string | null {
  const tasks = plan?.tasks ?? [];
  const lost = needs.find((need) => !tasks.some(({ id }) => id === need));
  if (lost !== undefined) return `the plan has no task '${lost}'`;
  const unknown = criteria.find((id) => plan?.criteria.every((each) => each.id !== id));
  if (unknown !== undefined) return `the plan has no criterion '${unknown}'`;
  for (const glob of writes) {
    const problem = writeProblem(glob);
    if (problem !== null) return problem;
  }
  if (tasks.some((task) => task.writes.length === 0)) return null;
  if (writes.length === 0) return 'every task of the plan says what it may write, so this one has to';
  const allowed = new Set(tasks.flatMap((task) => task.writes));
  const outside = writes.find((glob) => !allowed.has(glob));
  return outside === undefined ? null : `no task of the plan may write '${outside}'`;
}

function tooMany(state: GoalState, attempt: number): string | null {
  if (state.added.length >= MOST) return `${MOST} tasks were added already`;
  const task = state.attempts.find((each) => each.attempt === attempt)?.task ?? '';
  return depthOf(state, task) >= MOST_DEPTH ? 'a task that a proposed task proposes proposes no other' : null;
}

/** How many proposals a task goes back to. */
function depthOf(state: GoalState, id: string): number {
  const origin = state.added.find((task) => task.id === id)?.origin;
  if (origin?.kind !== 'proposed') return 0;
  return 1 + depthOf(state, state.attempts.find(({ attempt }) => attempt === origin.attempt)?.task ?? '');
}

function freeId(tasks: readonly Task[]): string {
  const taken = new Set(tasks.map(({ id }) => id));
  for (let n = 1; ; n += 1) if (!taken.has(`p${n}`)) return `p${n}`;
}
