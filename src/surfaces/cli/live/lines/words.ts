import type { EventType } from '../../../../domain/goal/event.ts';
import type { DataOf } from '../../../../domain/goal/state.ts';
import { cleanLine } from '../../../../domain/text/clean.ts';

/** How each event of some types reads as one line. */
export type Lines<T extends EventType> = { readonly [K in T]: (data: DataOf<K>) => string };

export const short = (id: string): string => id.slice(0, 12);

export const turn = (at: { readonly attempt: number; readonly turn: number }): string =>
  `attempt ${at.attempt}, turn ${at.turn}`;

/** At most five, so that a line stays a line. */
export function list(items: readonly string[]): string {
  if (items.length === 0) return 'none';
  const shown = items.slice(0, 5).map((item) => cleanLine(item));
  return `${shown.join(', ')}${items.length > 5 ? ` and ${items.length - 5} more` : ''}`;
}
