import type { LoggedEvent } from '../goal/event.ts';
import { isEventType } from '../goal/event-type.ts';
import { withPlaces, type Places } from './places.ts';

/** The version that lines are written in. */
export const LOG_VERSION = 2;

/**
 * Of the data of each version, the data of today. Signatures and the chain are over the lines as they were written; what is made
 * here is never written back.
 * 1: paths of the machine are in the data. 2: they are not, and large parts are blobs, which the reader has put in their places.
 */
const FROM: Readonly<Record<1 | 2, (type: string, data: Fields, places: Places | null) => Fields>> = {
  1: (_type, data) => data,
  2: withPlaces,
};

type Fields = Readonly<Record<string, unknown>>;

/** A line of the log as it was written, its parts in their places. */
export interface RawEvent {
  readonly v: 1 | 2;
  readonly seq: number;
  readonly ts: string;
  readonly prev: string;
  readonly type: string;
  readonly data: Fields;
}

export const isLogVersion = (value: unknown): value is RawEvent['v'] => value === 1 || value === 2;

/** The event that a line records, in the form of today. */
export function upcast(raw: RawEvent, places: Places | null): LoggedEvent {
  const data = FROM[raw.v](raw.type, raw.data, places);
  const event = data === raw.data ? raw : { ...raw, data };
  if (!isLogged(event)) throw new TypeError(`no event is called ${raw.type}`);
  return event;
}

// The shape of `data` is not checked again: only omk writes lines, and the hash chain shows any other hand.
const isLogged = (event: RawEvent): event is RawEvent & LoggedEvent => isEventType(event.type);
