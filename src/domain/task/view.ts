import type { GatePolicy } from '../gates/gate.ts';
import { attemptsOf } from '../goal/attempts.ts';
import { hasManyTasks, newestSnapshot, wholeSnapshot, type Focus, type GoalState } from '../goal/state.ts';
import type { GoalOptions } from '../goal/event.ts';
import type { TreeId } from '../ids.ts';
import { gateOf, plannedTasks, type Criterion, type Plan } from '../plan/plan.ts';
import { remembered } from '../remembered.ts';
import type { Landed } from '../goal/landed.ts';
import type { Pin, TaskState } from '../goal/task.ts';

/**
 * The goal as one task sees it: its attempts, its candidate, and the criteria of it and of what its base holds. Judging a view is
 * judging a goal: contract, canaries, known red and policy stay those of the goal's base.
 */
export function viewOfTask(state: GoalState, task: string): GoalState {
  const attempts = attemptsOf(state, task);
  const base = attempts.at(-1)?.base;
  const focus: Focus = {
    task,
    snapshot: newestSnapshot(attempts),
    start: base?.tree ?? state.created?.repository.tree ?? '',
  };
  // What mends the whole is judged as the whole.
  if (state.plan && plannedTasks(state.plan).get(task)?.origin?.kind === 'final')
    return { ...state, focus: { ...focus, whole: true }, attempts, integrated: null, revealed: null };
  return viewOf(state, { base, tasks: [task] }, { focus, attempts });
}

/** The goal as the next attempt at a task sees it. */
export const viewOfNext = (state: GoalState, task: string): GoalState =>
  hasManyTasks(state) ? viewOfTask(state, task) : state;

/** The view that an attempt belongs to: the goal itself where it has one task. */
export function viewOfAttempt(state: GoalState, number: number): GoalState {
  const task = state.attempts.find(({ attempt }) => attempt === number)?.task;
  return task !== undefined && hasManyTasks(state) ? viewOfTask(state, task) : state;
}

/** The goal as a merged tree sees it: the criteria of all that landed and of the tasks that were merged on it. */
export function viewOfTree(state: GoalState, tree: TreeId, merged: readonly string[]): GoalState {
  const start = state.head?.tree ?? state.created?.repository.tree ?? '';
  const focus: Focus = { task: null, snapshot: wholeSnapshot(tree), start };
  return viewOf(state, { base: state.head ?? undefined, tasks: merged }, { focus, attempts: state.attempts });
}

/** Tasks whose work a head holds: those that landed, and those that had nothing left to bring. */
export function landedBy({ landed, tasks }: GoalState, head: Pin | undefined): readonly string[] {
  if (head === undefined) return [];
  const held = landed.slice(0, placeOf(landed, head) + 1);
  const done = doneOf(tasks).filter((task) => task.done && placeOf(held, task.done) >= 0);
  return [...held, ...done.map(({ id }) => ({ task: id }))].map(({ task }) => task);
}

/** Where a head stands in what landed; near the end most often. */
const placeOf = (landed: readonly Landed[], head: Pin): number =>
  landed.findLastIndex(({ commit }) => commit === head.commit);

const doneOf = remembered((tasks: readonly TaskState[]) => tasks.filter(({ done }) => done !== null));

/** What a view holds: what landed up to a head, and tasks on it. */
interface Held {
  readonly base: Pin | undefined;
  readonly tasks: readonly string[];
}

/** Plans of views by the head they stand on and the tasks on it: every decision asks for that of each open attempt. */
const KNOWN = new WeakMap<object, Map<string, { readonly of: Plan; readonly plan: Plan }>>();

function planOf(state: GoalState, plan: Plan, { base, tasks }: Held): Plan {
  const head = (base && state.landed[placeOf(state.landed, base)]) ?? plan;
  const known = KNOWN.get(head) ?? new Map<string, { readonly of: Plan; readonly plan: Plan }>();
  const key = [...tasks, '', ...doneOf(state.tasks).map(({ id }) => id)].join(' ');
  const found = known.get(key);
  if (found?.of === plan) return found.plan;
  const made = narrowed(state, plan, { base, tasks });
  KNOWN.set(head, known.set(key, { of: plan, plan: made }));
  return made;
}

/** With the criteria of what a view holds, and no other. */
function narrowed(state: GoalState, plan: Plan, { base, tasks }: Held): Plan {
  const places = criteriaByTask(plan);
  const isOwn = new Uint8Array(plan.criteria.length);
  for (const held of [landedBy(state, base), tasks])
    for (const id of held) for (const at of places.get(id) ?? []) isOwn[at] = 1;
  // What is hidden, and what the change must bring along, is shown of the whole.
  const { heldOut: _heldOut, ownTests: _ownTests, ...rest } = plan;
  return { ...rest, criteria: plan.criteria.filter((_, at) => isOwn[at] === 1) };
}

/** For each task, where its criteria stand in the plan. */
const criteriaByTask = remembered(({ tasks, criteria }: Plan): ReadonlyMap<string, readonly number[]> => {
  const places = Map.groupBy(criteria.keys(), (at) => criteria[at]?.id);
  return new Map(tasks.map((task) => [task.id, task.criteria.flatMap((id) => places.get(id) ?? [])]));
});

function viewOf(state: GoalState, held: Held, own: Pick<GoalState, 'focus' | 'attempts'>): GoalState {
  const { plan, policy, created } = state;
  if (!plan || !created) return { ...state, ...own };
  const narrow = planOf(state, plan, held);
  const { criteria } = narrow;
  return {
    ...state,
    ...own,
    plan: narrow,
    policy: policy && withoutOthers(policy, plan, criteria),
    created: created.options.heldOut ? { ...created, options: visibleOnly(created.options, criteria) } : created,
    integrated: null,
    revealed: null,
  };
}

/** Of the checks that are laid over trees, those that an agent sees and that decide one of the criteria. */
function visibleOnly({ heldOut, ...options }: GoalOptions, criteria: readonly Criterion[]): GoalOptions {
  const files = new Set(criteria.flatMap((each) => (each.kind === 'tests' ? (each.files ?? []) : [])));
  const visible = heldOut?.visible?.filter(({ path }) => files.has(path)) ?? [];
  return heldOut && visible.length > 0 ? { ...options, heldOut: { ...heldOut, visible } } : options;
}

/** Checks that show other tasks are red until those have landed, whatever this one does. */
function withoutOthers(policy: GatePolicy, plan: Plan, criteria: readonly Criterion[]): GatePolicy {
  if (!policy.gates.some(({ source }) => source.kind === 'check')) return policy;
  const own = new Set(criteria.map(gateOf));
  const others = new Set(plan.criteria.map(gateOf).filter((gate) => !own.has(gate)));
  return { ...policy, gates: policy.gates.filter(({ id, source }) => source.kind !== 'check' || !others.has(id)) };
}
