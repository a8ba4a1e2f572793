import type { Status } from '../status.ts';
import type { Timestamp } from '../ids.ts';
import type { BudgetSource, Exhaustion } from './exhaust.ts';
import type { Limits, StoredBudget, Used } from './figures.ts';
import { limitsOf, storeLimits } from './figures.ts';
import { storedInteger } from './integer.ts';

export type CheckpointLabel =
  | 'goal_created'
  | 'verify_completed'
  | 'execute_completed'
  | 'review_completed'
  | 'integration_decision'
  | 'goal_paused'
  | 'goal_resumed'
  | 'goal_cancelled'
  | 'budget_exhausted'
  | 'budget_extended';
/** The words of 0.5.0, in the order a goal passes them. */
export type Phase = 'intake' | 'planning' | 'decomposition' | 'execution' | 'verification_design' | 'proof';
/** Words that logs from before these hold. */
type FormerPhase = 'executing' | 'verifying' | 'integrating' | 'done';

const FORMER: Readonly<Record<FormerPhase, Phase>> = {
  executing: 'execution',
  verifying: 'execution',
  integrating: 'proof',
  done: 'proof',
};

const isFormer = (phase: Phase | FormerPhase): phase is FormerPhase => Object.hasOwn(FORMER, phase);

/** The phase of a moment in the words of today, whenever it was recorded. */
export const phaseWord = (phase: Phase | FormerPhase): Phase => (isFormer(phase) ? FORMER[phase] : phase);

/** Where the budgets stood at one moment, as the log holds it: counts as decimal text, money in pico-dollars. */
export interface Moment {
  readonly status: Status;
  readonly phase: Phase | FormerPhase;
  readonly at: Timestamp;
  readonly budget: StoredBudget;
  readonly elapsedSecs: string;
  readonly usedTokens: string;
  readonly usedPicoUsd: string;
}

export interface Checkpoint extends Moment {
  readonly label: CheckpointLabel;
}

export interface Exhausted extends Moment {
  readonly action: string;
  readonly source: BudgetSource;
  /** The task that did not fit into what is left. Absent: nothing is left. */
  readonly refused?: Exhaustion['refused'];
}

/** Why a task may work, and the seconds it has, as decimal text. */
export interface Admitted extends Moment {
  readonly taskSecs: string;
  readonly reason: string;
}

/** `budget` of the moment is the new one. */
export interface Extended extends Moment {
  readonly previous: StoredBudget;
  readonly added: {
    readonly time: string | null;
    readonly secs: string | null;
    readonly tokens: string | null;
    readonly picoUsd: string | null;
  };
}

export const momentOf = (where: Pick<Moment, 'status' | 'phase' | 'at'>, limits: Limits, used: Used): Moment => ({
  ...where,
  budget: storeLimits(limits),
  elapsedSecs: used.secs.toString(),
  usedTokens: used.tokens.toString(),
  usedPicoUsd: used.picoUsd.toString(),
});

export interface Figures {
  readonly limits: Limits;
  readonly used: Used;
}

/** A moment as numbers. Throws `TypeError` for one that omk did not write. */
export function figuresOf(moment: Moment): Figures {
  const result = limitsOf(moment.budget);
  if (result.kind === 'invalid') throw new TypeError(result.text);
  return {
    limits: result.limits,
    used: {
      secs: storedInteger(moment.elapsedSecs),
      tokens: storedInteger(moment.usedTokens),
      picoUsd: storedInteger(moment.usedPicoUsd),
    },
  };
}

const TEXT = /^\d{1,400}$/u;

/** Why a moment cannot be what omk recorded, or null. */
export function wrongMoment(moment: Moment): string | null {
  const result = limitsOf(moment.budget);
  if (result.kind === 'invalid') return result.text;
  return [moment.elapsedSecs, moment.usedTokens, moment.usedPicoUsd].every((text) => TEXT.test(text))
    ? null
    : 'a figure of the budget is no count';
}
