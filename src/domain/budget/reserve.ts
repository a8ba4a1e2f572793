import type { Limits, Used } from './figures.ts';
import { remainingOf } from './figures.ts';

/** The worst one attempt is expected to spend before the next look: tokens and pico-dollars; null: not known. */
export interface Reservation {
  readonly tokens: bigint | null;
  readonly picoUsd: bigint | null;
}

/**
 * How many of the reservations, in order, fit into what is left beside those that are held. An unknown reservation
 * holds nothing. The first always fits: the guard has seen that something is left, and one must be able to finish it.
 */
export function wave(limits: Limits, used: Used, held: readonly Reservation[], wanted: readonly Reservation[]): number {
  const left = remainingOf(limits, used);
  const all = [...held];
  for (const [index, reservation] of wanted.entries()) {
    all.push(reservation);
    const first = held.length === 0 && index === 0;
    if (!first && (exceeds(left.tokens, sum(all, 'tokens')) || exceeds(left.picoUsd, sum(all, 'picoUsd')))) return index;
  }
  return wanted.length;
}

/** A task's part of what a goal has left: a share for each task that is open, at most `ceiling`. Null: no limit. */
export function shareOf(left: bigint | null, openTasks: number, ceiling: bigint | null): bigint | null {
  if (left === null) return ceiling;
  const share = left / BigInt(Math.max(1, Math.trunc(openTasks) || 1));
  return ceiling !== null && ceiling < share ? ceiling : share;
}

/** Whether a task's reservation fits into its share. Unknown fits: it cannot be shown not to. */
export const fitsShare = (reservation: bigint | null, share: bigint | null): boolean => reservation === null || share === null || reservation <= share;

const exceeds = (left: bigint | null, wanted: bigint): boolean => left !== null && wanted > left;

const sum = (all: readonly Reservation[], of: keyof Reservation): bigint => all.reduce((total, each) => total + (each[of] ?? 0n), 0n);
