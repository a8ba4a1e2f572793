import type { GoalId } from '../../domain/ids.ts';
/** A goal of omk 0.5.0, as far as it can be told: history to look at, never worked on. */
export interface AncestorGoal {
  readonly goal: GoalId;
  readonly text: string;
  /** In the words of 0.5.0. */
  readonly status: string;
  readonly phase: string | null;
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  readonly budget: { readonly time: string | null; readonly tokens: number | null; readonly usd: number | null };
  /** By its newest checkpoint; null without one. */
  readonly spent: { readonly secs: number | null; readonly tokens: number | null; readonly usd: number | null } | null;
  readonly events: readonly AncestorEvent[];
  /** Lines of its log that are not JSON. */
  readonly unreadable: number;
}

export interface AncestorEvent {
  readonly ts: string | null;
  readonly kind: string;
  readonly actor: string | null;
  readonly payload: unknown;
}

/** A name of a goal of 0.5.0. */
export const isAncestorGoal = (name: string): boolean => /^goal-\d{8}-[A-Za-z0-9-]{1,80}$/.test(name);

export type Fields = Readonly<Record<string, unknown>>;

export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
export const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
export const number = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;
