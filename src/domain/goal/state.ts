import { NO_BUDGET } from '../budget/figures.ts';
import { EMPTY_LEDGER } from '../budget/ledger.ts';
import { NOT_DELIVERED, type Delivery } from '../delivery/delivery.ts';
import type { TurnOutcome } from '../agents/agent.ts';
import type { GatePolicy } from '../gates/gate.ts';
import type { Measurement, Sandbox } from '../gates/evidence.ts';
import type { Snapshot } from '../git/snapshot.ts';
import type { BlobRef, TreeId } from '../ids.ts';
import type { Observed } from '../plan/command.ts';
import type { Plan, Task } from '../plan/plan.ts';
import type { PlanSubmission } from './plan-submission.ts';
import type { Submission } from './checks-submission.ts';
import type { Landed } from './landed.ts';
import type { MergedTrees } from './merge.ts';
import type { Proposed } from './proposed.ts';
import type { LaidTests } from './laid-tests.ts';
import type { Rung } from './rung.ts';
import type { MergedWork, Pin, TaskState } from './task.ts';
import type { BudgetState } from './budget-state.ts';
import type { HandedIn } from '../roles/tools.ts';
import type { SessionRole } from '../roles/role.ts';
import type { GoalEvent, GoalOptions } from './event.ts';
import type { Answer, Question } from '../evidence/question.ts';
import type { Status } from '../status.ts';
import type { Step } from './step.ts';

export type DataOf<T extends GoalEvent['type']> = Extract<GoalEvent, { type: T }>['data'];

export interface TurnState {
  readonly turn: number;
  readonly prompt: BlobRef;
  /** Null while the turn runs. */
  readonly outcome: TurnOutcome | null;
  /** Version of the state when the turn ended, to tell outcomes from before a resume. */
  readonly endedAt: number;
  readonly session: string | null;
  readonly sandbox: Sandbox | null;
  readonly snapshot: Snapshot | null;
  /** The model that worked, as the agent says. Absent: it does not say. */
  readonly model?: string;
  /** What it handed in through tools. Absent: nothing. */
  readonly handed?: readonly HandedIn[];
}

export interface AttemptState {
  readonly attempt: number;
  readonly task: string;
  readonly role?: SessionRole;
  readonly worktree: string;
  readonly rung?: Rung;
  /** `fallback`: the agent of `--fallback-agent`. Absent: that of the goal. */
  readonly agent?: 'fallback';
  /** The integrated head it started from. Absent: the base of the goal. */
  readonly base?: Pin;
  readonly merged?: MergedWork;
  readonly turns: readonly TurnState[];
  readonly ended: DataOf<'attempt.ended'>['why'] | null;
  /** How often a person's answer about its tree opened it again. */
  readonly reopened: number;
}

interface QuestionState {
  readonly question: Question;
  readonly answer: Answer | null;
}

/** Checks that may be wrong: those that stood then, and how many oracles there were before the session that looks at them. */
export type Disputed = DataOf<'checks.disputed'> & {
  readonly submission: Extract<Submission, { readonly kind: 'read' }>;
  readonly oracles: number;
};

export type WaitState = DataOf<'wait.started'> & { readonly waitedMs: number | null };

/** A part of a goal that is judged by itself (`task/view.ts`): a task, or a merged tree. */
export interface Focus {
  /** Null: a merged tree. */
  readonly task: string | null;
  /** The tree that is judged; null while there is none. */
  readonly snapshot: Snapshot | null;
  /** The tree that the work started from. */
  readonly start: TreeId;
  /** It is about the goal as a whole: all that is asked of a goal is asked of it. */
  readonly whole?: true;
}

/** Everything that is true of a goal: a fold of its log and nothing else. */
export interface GoalState {
  /** Number of events folded. */
  readonly version: number;
  readonly created: DataOf<'goal.created'> | null;
  readonly status: Status;
  readonly policy: GatePolicy | null;
  readonly dependencies: DataOf<'dependencies.prepared'> | null;
  readonly measurements: readonly Measurement[];
  /** For each tree that was looked at, whether each fact of the goal is so in it. */
  readonly facts: ReadonlyMap<TreeId, readonly boolean[]>;
  /** Every execution of a command that is compared. */
  readonly observed: readonly Observed[];
  readonly plan: Plan | null;
  /** Checks that passed at the base already, by gate id: they prove nothing. */
  readonly refusedChecks: readonly string[];
  readonly questions: readonly QuestionState[];
  /** Of all tasks, by their numbers: each names its task. */
  readonly attempts: readonly AttemptState[];
  /** Sessions that make the plan, in the same row of numbers. */
  readonly planners: readonly AttemptState[];
  /** What those handed in, the oldest first. */
  readonly plans: readonly PlanSubmission[];
  /** The options as they were before a plan was made for them; null: no session or person made one later. */
  readonly asked: GoalOptions | null;
  /** Sessions that write checks before the work, in the same row of numbers; none of them leaves a candidate. */
  readonly oracles: readonly AttemptState[];
  /** What those handed in, the oldest first. */
  readonly submissions: readonly Submission[];
  /** Checks that are said to be wrong and that a fresh session looked at again, the oldest first. */
  readonly disputed: readonly Disputed[];
  /** What a person approved, by its digests; null: nothing. */
  readonly approved: DataOf<'plan.approved'> | null;
  /** Why a person refused what the planners and oracles made so far, and how many those were. */
  readonly rejected: { readonly why: string; readonly oracles: number; readonly planners: number } | null;
  /** How many attempts may be started in all, where there is one task; a resume adds to it. */
  readonly attemptsAllowed: number;
  /** Tasks that came to the plan while agents worked, in the order in which they came. */
  readonly added: readonly Task[];
  /** In the order of the plan; empty until there is one. */
  readonly tasks: readonly TaskState[];
  /** What landed, in its order: the commits from the base to the head. */
  readonly landed: readonly Landed[];
  /** The result so far, which moves with each task that lands; null: nothing has landed, so it is the base. */
  readonly head: Pin | null;
  /** What merges gave, by `mergeKey`. */
  readonly merges: ReadonlyMap<string, MergedTrees>;
  /** Tasks that agents asked for, the oldest first. */
  readonly proposals: readonly Proposed[];
  /** Tests of heads on what was made from them, by `laidKey`. */
  readonly laid: ReadonlyMap<string, LaidTests>;
  /** What a view of this state is about; null: the goal as a whole. */
  readonly focus: Focus | null;
  readonly examined: ReadonlyMap<TreeId, DataOf<'candidate.examined'>>;
  readonly hollowed: ReadonlyMap<TreeId, DataOf<'candidate.hollowed'>>;
  readonly integrated: DataOf<'goal.integrated'> | null;
  readonly revealed: DataOf<'held_out.revealed'> | null;
  readonly ended: DataOf<'goal.ended'> | null;
  readonly delivery: Delivery;
  readonly budget: BudgetState;
  /** Waits for a usage limit, one for each turn that met one. */
  readonly waits: readonly WaitState[];
  /** Version at the last resume, 0 without one. */
  readonly resumedAt: number;
  /** The part of the work that was asked for at the last resume; null: all of it. */
  readonly step: Step | null;
  /** The part after which a paused goal paused; null: somebody stopped it. */
  readonly pausedAfter: Step | null;
}

export const EMPTY_STATE: GoalState = {
  version: 0,
  created: null,
  status: 'running',
  policy: null,
  dependencies: null,
  measurements: [],
  facts: new Map(),
  observed: [],
  plan: null,
  refusedChecks: [],
  questions: [],
  attempts: [],
  planners: [],
  plans: [],
  asked: null,
  oracles: [],
  submissions: [],
  disputed: [],
  approved: null,
  rejected: null,
  attemptsAllowed: 0,
  added: [],
  tasks: [],
  landed: [],
  head: null,
  merges: new Map(),
  laid: new Map(),
  proposals: [],
  focus: null,
  examined: new Map(),
  hollowed: new Map(),
  integrated: null,
  revealed: null,
  ended: null,
  resumedAt: 0,
  step: null,
  pausedAfter: null,
  delivery: NOT_DELIVERED,
  budget: { stored: NO_BUDGET, ledger: EMPTY_LEDGER, recordedSecs: 0n, checkpoints: [] },
  waits: [],
};

export const lastAttempt = (state: GoalState): AttemptState | null => state.attempts.at(-1) ?? null;
export const lastTurn = (state: GoalState): TurnState | null => lastAttempt(state)?.turns.at(-1) ?? null;

/** Whether results of several tasks are integrated one by one. */
export const hasManyTasks = ({ tasks }: GoalState): boolean => tasks.length > 1;

/**
 * The tree that would be delivered: the given one, that of a view, the integrated head of many tasks, else the newest snapshot of
 * the newest attempt that has one.
 */
export const currentSnapshot = (state: GoalState): Snapshot | null => {
  if (state.focus) return state.focus.snapshot;
  if (state.created?.given) return state.created.given.snapshot;
  if (hasManyTasks(state)) return state.head ? wholeSnapshot(state.head.tree) : null;
  return newestSnapshot(state.attempts);
};

export function newestSnapshot(attempts: readonly AttemptState[]): Snapshot | null {
  for (const attempt of attempts.toReversed()) {
    const turn = attempt.turns.findLast((each) => each.snapshot !== null);
    if (turn?.snapshot) return turn.snapshot;
  }
  return null;
}

/** A tree that omk made out of others: nothing was left out of it. */
export const wholeSnapshot = (tree: TreeId): Snapshot => ({
  candidate: tree,
  salvage: tree,
  ref: '',
  refused: [],
  ignored: [],
  special: [],
  overCap: [],
});

/** The tree that the work under view started from. */
export const startTree = ({ focus, created }: GoalState): TreeId | null =>
  focus?.start ?? created?.repository.tree ?? null;

/** Every session of an agent, of whatever role, one role after the other. */
const sessionsOf = ({ attempts, oracles, planners }: GoalState): readonly AttemptState[] => [
  ...planners,
  ...oracles,
  ...attempts,
];

export function sessionNumbered(state: GoalState, number: number): AttemptState | undefined {
  const isIt = ({ attempt }: AttemptState): boolean => attempt === number;
  return state.attempts.findLast(isIt) ?? state.oracles.find(isIt) ?? state.planners.find(isIt);
}

/** The same by their numbers. */
export const everyAttempt = (state: GoalState): readonly AttemptState[] =>
  sessionsOf(state).toSorted((one, other) => one.attempt - other.attempt);

/** The number of the next session, where one follows the other. */
export const nextAttempt = ({ attempts, oracles, planners }: GoalState): number =>
  attempts.length + oracles.length + planners.length + 1;

/** The question that stands open: of a view, one of its task or of the goal. */
export const openQuestion = (state: GoalState): Question | null =>
  state.questions.find(({ question, answer }) => answer === null && concerns(state.focus, question))?.question ?? null;

const concerns = (focus: Focus | null, { task }: Question): boolean =>
  focus === null || task === undefined || task === focus.task;

/** A rejection that a person may still take back: the newest answer, and nothing is open. */
export const revocable = (state: GoalState): Question | null => {
  if (openQuestion(state)) return null;
  const last = state.questions.at(-1);
  return last?.answer?.kind === 'reject' ? last.question : null;
};

export { answerTo, isWhole } from '../evidence/evidence.ts';
