import type { LoggedEvent } from '../domain/goal/event.ts';
import { ofTask } from './of-task.ts';

/** A place in a log: the number of an event, or the time since the first one. */
export type Place = { readonly seq: number } | { readonly afterMs: number };

export interface Part {
  /** Both ends belong to the part; null: the whole log on that side. */
  readonly from: Place | null;
  readonly to: Place | null;
  /** Only what is about this task. */
  readonly task: string | null;
}

/** Milliseconds since the first event of the log. */
export const sinceStart = (events: readonly LoggedEvent[], event: LoggedEvent): number =>
  Date.parse(event.ts) - Date.parse(events[0]?.ts ?? event.ts);

/** Whether an event belongs to a part of its log. */
export function inPart(events: readonly LoggedEvent[], part: Part): (event: LoggedEvent) => boolean {
  const isOfTask = part.task === null ? () => true : ofTask(events, part.task);
  return (event) =>
    (part.from === null || compare(events, event, part.from) >= 0) &&
    (part.to === null || compare(events, event, part.to) <= 0) &&
    isOfTask(event);
}

function compare(events: readonly LoggedEvent[], event: LoggedEvent, place: Place): number {
  return 'seq' in place ? event.seq - place.seq : sinceStart(events, event) - place.afterMs;
}
