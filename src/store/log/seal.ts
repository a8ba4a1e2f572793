import type { hash } from 'node:crypto';
import { canonical } from '../../domain/canonical.ts';
import type { GoalEvent } from '../../domain/goal/event.ts';
import type { Sha256, Timestamp } from '../../domain/ids.ts';
import { takeApart } from '../../domain/log/parts.ts';
import { withoutPlaces } from '../../domain/log/places.ts';
import { LOG_VERSION } from '../../domain/log/upcast.ts';

/** `prev` of a goal's first event. */
export const NO_HASH: Sha256 = '0'.repeat(64);

// Loaded at the first use: node:crypto costs more than all the rest of opening a store, and lists do without it.
/** SHA-256 of a line's UTF-8 bytes, hex. */
export const hashOf = (line: string): Sha256 =>
  (hashing ??= process.getBuiltinModule('node:crypto').hash)('sha256', line, 'hex');
let hashing: typeof hash | null = null;

/** An event as it is kept: a small line, blobs, and the paths of this machine. */
export interface Packed {
  readonly type: string;
  readonly data: unknown;
  readonly blobs: ReadonlyMap<Sha256, string>;
  /** Canonical JSON of `Places`; null where the event has none. */
  readonly places: string | null;
}

/** Throws `TypeError` when the event is not canonical JSON, such as a fraction. */
export function pack(event: GoalEvent): Packed {
  const { data, places } = withoutPlaces(event);
  return { type: event.type, ...takeApart(data, hashOf), places: places === null ? null : canonical(places) };
}

/** The line that records an event. */
export const seal = ({ type, data }: Packed, seq: number, ts: Timestamp, prev: Sha256): string =>
  canonical({ v: LOG_VERSION, seq, ts, prev, type, data });
