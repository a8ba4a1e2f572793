import type { Task } from '../plan/plan.ts';

/** A task that an agent asks for while it works on another. Its words are its own. */
export interface Proposal {
  readonly title: string;
  readonly brief: string;
  readonly needs: readonly string[];
  readonly writes: readonly string[];
  readonly criteria: readonly string[];
  readonly why: string;
}

export type Ruling =
  | { readonly kind: 'accepted'; readonly task: Task }
  | { readonly kind: 'refused'; readonly why: string };

/** What became of a proposal, of the attempt and turn that made it. */
export interface Proposed {
  readonly attempt: number;
  readonly turn: number;
  /** Null: it could not be read. */
  readonly proposal: Proposal | null;
  readonly ruling: Ruling;
}
