import type { Alike, Told } from './told.ts';
import { failsForAll } from '../../domain/backlog/alike.ts';
import { Spending, type QueueLimits } from '../../domain/backlog/spending.ts';
import type { GoalState } from '../../domain/goal/state.ts';
import type { GoalId } from '../../domain/ids.ts';
import { StopRequest } from '../../engine/stop-request.ts';
import type { Live } from '../compose.ts';
import { failureCode, notStarted, type Outcome } from './outcome.ts';
import type { KnownEntry } from './read.ts';
import { sharedGates } from './shared-gates.ts';
import { workOnEntry } from './work-on-entry.ts';

export interface BacklogRun {
  readonly entries: readonly KnownEntry[];
  readonly alike: Alike;
  /** How many goals are worked on at once. */
  readonly maxGoals: number;
  /** Of the whole queue. */
  readonly limits: QueueLimits & { readonly timeMs: number | null };
  /** A person said stop. */
  readonly signal: AbortSignal;
  readonly tell: (told: Told) => void;
}

export interface BacklogResult {
  /** One for each entry, in their order. */
  readonly outcomes: readonly Outcome[];
  /** What ended the queue before its last entry, null when nothing did. */
  readonly stopped: 'person' | 'time' | 'budget' | 'failures' | null;
}

const WHY = {
  person: 'the queue was stopped',
  time: 'the time of the queue is over',
  budget: 'the budget of the queue is spent',
} as const;

/** Works through the entries in their order, `maxGoals` at once. What one goal comes to does not stop the others. */
export async function runBacklog(live: Live, run: BacklogRun): Promise<BacklogResult> {
  const world = run.maxGoals === 1 ? live : { ...live, gates: sharedGates(live.gates, live.concurrency) };
  const course = new Course(run);
  const over = new AbortController();
  run.signal.addEventListener('abort', () => course.stop('person'), { once: true, signal: over.signal });
  const { timeMs } = run.limits;
  const cancel = timeMs === null ? null : live.clock.after(timeMs, () => course.stop('time'));
  try {
    const places = Math.min(run.maxGoals, run.entries.length);
    await Promise.all(Array.from({ length: places }, () => course.takeTurns(world)));
  } finally {
    over.abort();
    cancel?.();
  }
  return course.result();
}

class Course {
  readonly #run: BacklogRun;
  readonly #spending: Spending;
  readonly #bound = new AbortController();
  readonly #outcomes = new Map<KnownEntry, Outcome>();
  readonly #waiting: KnownEntry[];
  /** The code of each end that was not about the work itself, null for any other, in order. */
  readonly #ends: (string | null)[] = [];
  #stopped: { readonly by: NonNullable<BacklogResult['stopped']>; readonly why: string } | null = null;

  constructor(run: BacklogRun) {
    this.#run = run;
    const { largestReport } = run.alike.options;
    this.#spending = new Spending(run.limits, {
      tokens: BigInt(largestReport?.tokens ?? 0),
      picoUsd: BigInt(largestReport?.picoUsd ?? 0),
    });
    this.#waiting = [...run.entries];
  }

  /** No further goal is begun; those that are worked on are paused. */
  stop(by: keyof typeof WHY): void {
    this.#stopped ??= { by, why: WHY[by] };
    if (by !== 'person') this.#bound.abort(new StopRequest(WHY[by]));
  }

  /** One place: a goal after the other. */
  async takeTurns(world: Live): Promise<void> {
    for (;;) {
      if (!this.#spending.hasRoom) this.#stopped ??= { by: 'budget', why: WHY.budget };
      const entry = this.#stopped === null ? this.#waiting.shift() : undefined;
      if (!entry) return;
      const signal = AbortSignal.any([this.#run.signal, this.#bound.signal]);
      this.#settle(await workOnEntry({ ...this.#run, world, signal, sees: this.#sees }, entry));
    }
  }

  readonly #sees = (goal: GoalId, { budget }: GoalState): void => {
    this.#spending.sees(goal, budget.ledger);
    if (this.#spending.isSpent) this.stop('budget');
  };

  #settle(outcome: Outcome): void {
    this.#outcomes.set(outcome.entry, outcome);
    if (outcome.did !== 'left') this.#ends.push(failureCode(outcome));
    const code = failsForAll(this.#ends);
    if (code !== null) this.#stopped ??= { by: 'failures', why: `the last goals all ended with ${code}` };
    this.#run.tell({ kind: 'ended', outcome });
  }

  result(): BacklogResult {
    const why = this.#stopped?.why ?? '';
    const outcomes = this.#run.entries.map((entry) => this.#outcomes.get(entry) ?? notStarted(entry, why));
    return { outcomes, stopped: this.#stopped?.by ?? null };
  }
}
