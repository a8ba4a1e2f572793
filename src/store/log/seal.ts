import { canonical } from '../../domain/canonical.ts';
import type { GoalEvent } from '../../domain/goal/event.ts';
import type { Sha256, Timestamp } from '../../domain/ids.ts';

export const LOG_VERSION = 1;
/** `prev` of a goal's first event. */
export const NO_HASH: Sha256 = '0'.repeat(64);

// Loaded at the first use: node:crypto costs more than all the rest of opening a store, and lists do without it.
/** SHA-256 of a line's UTF-8 bytes, hex. */
export const hashOf = (line: string): Sha256 => process.getBuiltinModule('node:crypto').hash('sha256', line, 'hex');

/** The line that records an event. Throws `TypeError` when the event is not canonical JSON, such as a fraction. */
export const seal = (event: GoalEvent, seq: number, ts: Timestamp, prev: Sha256): string =>
  canonical({ v: LOG_VERSION, seq, ts, prev, type: event.type, data: event.data });
