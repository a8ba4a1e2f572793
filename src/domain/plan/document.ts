import type { Sha256 } from '../ids.ts';
import { patternOf, type Capture, type Timing } from './command.ts';
import { parseFact } from './fact.ts';
import type { GoalClass } from './plan.ts';
import { pathProblem, writeProblem } from './safe-path.ts';

/** A plan as somebody writes it: a person with `--plan`, or an agent. Nothing in it is trusted before its rules hold. */
export interface PlanDocument {
  /** What should be true when it is done. Absent: the command line says it. */
  readonly goal?: string;
  readonly class?: GoalClass;
  readonly criteria: readonly DocumentCriterion[];
  readonly tasks: readonly DocumentTask[];
  /** Names, flags, paths and texts that checks use of the product. */
  readonly interface?: readonly string[];
  readonly questions?: readonly PlanQuestion[];
  readonly decisions?: readonly string[];
}

/** A plan that is kept as it was read, by the digest of its text. */
export interface KeptPlan {
  readonly document: PlanDocument;
  readonly sha256: Sha256;
}

/** Decided by one of: a gate, a fact, tests, commands, a time. */
export interface DocumentCriterion {
  readonly id: string;
  readonly text: string;
  /** `change` (absent): not so on the base. `keep`: so on the base and at the end. */
  readonly must?: 'change' | 'keep';
  readonly gate?: string;
  readonly fact?: string;
  /** Ids of tests, as a gate reports them. */
  readonly tests?: readonly string[];
  /** Test files that come with the plan, by their paths in the repository. */
  readonly files?: readonly string[];
  /** Tests that are written for it decide: by another session before the work, else by the worker. */
  readonly oracle?: true;
  /** Commands that do at the end what they do on the base. */
  readonly capture?: readonly Omit<Capture, 'criterion' | 'heldBack'>[];
  /** A command that must take less time at the end. */
  readonly timing?: Pick<Timing, 'run' | 'n'> & Partial<Pick<Timing, 'percent' | 'frozen'>>;
}

export interface DocumentTask {
  readonly id: string;
  readonly title: string;
  readonly brief?: string;
  readonly needs?: readonly string[];
  readonly writes?: readonly string[];
  readonly criteria?: readonly string[];
  readonly seconds?: number;
}

/** With a default nobody is stopped; else `why` says why there can be none. */
interface PlanQuestion {
  readonly id: string;
  readonly text: string;
  readonly default?: string;
  readonly why?: string;
}

/** Where a document breaks a rule: keys and places from its root. */
export interface DocumentProblem {
  readonly at: readonly (string | number)[];
  readonly rule: string;
}

const MOST_QUESTIONS = 5;
export const LEAST_PERCENT = 110;
const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/;

/** The first rule that a document breaks, null where all hold. What it has is of the right types already. */
export function documentProblem(plan: PlanDocument): DocumentProblem | null {
  return (
    (plan.class === 'audit'
      ? {
          at: ['class'],
          rule: 'an audit changes no file, so it has no plan: omk run --class audit "<what to look for>"',
        }
      : null) ??
    idsProblem(plan) ??
    firstOf(plan.criteria, (each, index) => criterionProblem(each, ['criteria', index])) ??
    (plan.criteria.some(isChange)
      ? null
      : { at: ['criteria'], rule: 'at least one criterion must say what changes: all of them are must = "keep"' }) ??
    firstOf(plan.tasks, (each, index) => taskProblem(plan, each, ['tasks', index])) ??
    cycleProblem(plan.tasks) ??
    unshownProblem(plan) ??
    questionsProblem(plan.questions ?? [])
  );
}

export const isChange = ({ must, capture }: DocumentCriterion): boolean =>
  must === undefined ? capture === undefined : must === 'change';

function idsProblem({ criteria, tasks, questions = [] }: PlanDocument): DocumentProblem | null {
  const lists = { criteria, tasks, questions };
  for (const [name, list] of Object.entries(lists)) {
    const seen = new Set<string>();
    for (const [index, { id }] of list.entries()) {
      const at = [name, index, 'id'];
      if (!ID.test(id)) return { at, rule: `an id has letters, digits, . _ - and at most 40 of them, unlike '${id}'` };
      if (seen.has(id)) return { at, rule: `the id '${id}' is there twice` };
      seen.add(id);
    }
  }
  return null;
}

function criterionProblem(criterion: DocumentCriterion, at: DocumentProblem['at']): DocumentProblem | null {
  const { gate, fact, tests, files, oracle, capture, timing } = criterion;
  const byTests = tests ?? files;
  const ways = [gate, fact, byTests, oracle, capture, timing].filter((each) => each !== undefined);
  if (ways.length !== 1)
    return { at, rule: 'a criterion is decided by one of: gate, fact, tests or files, capture, timing, oracle' };
  const ofCommands = commandsProblem(criterion, at);
  if (ofCommands !== null) return ofCommands;
  if (oracle && !isChange(criterion))
    return {
      at: [...at, 'oracle'],
      rule: 'tests that are written for it fail on the base, so it cannot be must = "keep"',
    };
  if (fact !== undefined && parseFact(fact) === null)
    return {
      at: [...at, 'fact'],
      rule: 'a fact is "<path> exists", "… is gone", "… contains <text>" or "… lacks <text>"',
    };
  if ((files ?? []).length > 0 && !isChange(criterion))
    return {
      at: [...at, 'files'],
      rule: 'tests that come with the plan fail on the base, so they cannot be must = "keep"',
    };
  return firstOf(files ?? [], (path) => {
    const rule = pathProblem(path);
    return rule === null ? null : { at: [...at, 'files'], rule };
  });
}

/** What is compared with the base is kept, and what takes less time is not. */
function commandsProblem(criterion: DocumentCriterion, at: DocumentProblem['at']): DocumentProblem | null {
  const { must, capture = [], timing } = criterion;
  if (capture.length > 0 && isChange(criterion))
    return { at: [...at, 'must'], rule: 'a capture is what the base does already, so it is must = "keep"' };
  const mask = capture.flatMap((each) => each.mask ?? []).find((source) => patternOf(source) === null);
  if (mask !== undefined) return { at: [...at, 'capture'], rule: `'${mask}' is no regular expression` };
  const paths = capture.flatMap(({ outputs = [], input = {} }) => [...outputs, ...Object.keys(input)]);
  const bad = paths.map(pathProblem).find((rule) => rule !== null);
  if (bad) return { at: [...at, 'capture'], rule: bad };
  if (timing === undefined) return null;
  if (must === 'keep') return { at: [...at, 'must'], rule: 'a timing is what changes, so it cannot be must = "keep"' };
  if (!timing.run.includes('{n}'))
    return { at: [...at, 'timing'], rule: 'the command of a timing says {n} where it is told how much to do' };
  return (timing.percent ?? LEAST_PERCENT) < LEAST_PERCENT
    ? { at: [...at, 'timing'], rule: `percent is ${LEAST_PERCENT} at least: less could not be told from chance` }
    : null;
}

function taskProblem(plan: PlanDocument, task: DocumentTask, at: DocumentProblem['at']): DocumentProblem | null {
  const tasks = new Set(plan.tasks.map(({ id }) => id));
  const criteria = new Set(plan.criteria.map(({ id }) => id));
  const need = (task.needs ?? []).find((id) => !tasks.has(id));
  if (need !== undefined) return { at: [...at, 'needs'], rule: `there is no task '${need}'` };
  const criterion = (task.criteria ?? []).find((id) => !criteria.has(id));
  if (criterion !== undefined) return { at: [...at, 'criteria'], rule: `there is no criterion '${criterion}'` };
  return firstOf(task.writes ?? [], (glob) => {
    const rule = writeProblem(glob);
    return rule === null ? null : { at: [...at, 'writes'], rule };
  });
}

/** Test files lie in the trees of the tasks that they show: red there until the work is done, they would stop all others. */
function unshownProblem({ criteria, tasks }: PlanDocument): DocumentProblem | null {
  if (tasks.length === 1) return null;
  const named = new Set(tasks.flatMap((task) => task.criteria ?? []));
  const index = criteria.findIndex(({ id, files = [] }) => files.length > 0 && !named.has(id));
  return index < 0
    ? null
    : { at: ['criteria', index, 'files'], rule: 'of several tasks one must name a criterion that is decided by files' };
}

/** Tasks that need each other would wait for ever. */
function cycleProblem(tasks: readonly DocumentTask[]): DocumentProblem | null {
  const done = new Set<string>();
  for (;;) {
    const next = tasks.filter(({ id, needs = [] }) => !done.has(id) && needs.every((need) => done.has(need)));
    if (next.length === 0) break;
    for (const { id } of next) done.add(id);
  }
  const left = tasks.filter(({ id }) => !done.has(id)).map(({ id }) => id);
  if (left.length === 0) return null;
  const index = tasks.findIndex(({ id }) => id === left[0]);
  return { at: ['tasks', index, 'needs'], rule: `these tasks wait for each other: ${left.join(', ')}` };
}

function questionsProblem(questions: readonly PlanQuestion[]): DocumentProblem | null {
  if (questions.length > MOST_QUESTIONS)
    return { at: ['questions'], rule: `a plan has at most ${MOST_QUESTIONS} questions` };
  const index = questions.findIndex(({ default: given, why }) => (given === undefined) === (why === undefined));
  return index < 0
    ? null
    : { at: ['questions', index], rule: 'a question has a default, or says why there can be none, and not both' };
}

function firstOf<T>(
  list: readonly T[],
  problem: (each: T, index: number) => DocumentProblem | null,
): DocumentProblem | null {
  for (const [index, each] of list.entries()) {
    const found = problem(each, index);
    if (found !== null) return found;
  }
  return null;
}

/** The id of the question of the goal that asks what a plan asks. */
export const questionOfPlan = (id: string): string => `q-plan-${id}`;
