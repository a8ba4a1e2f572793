import { isCanonical } from '../../domain/canonical.ts';
import { isEventType } from '../../domain/goal/event-type.ts';
import type { GoalId } from '../../domain/ids.ts';
import { isLogVersion, LOG_VERSION, type RawEvent } from '../../domain/log/upcast.ts';
import { corrupt, newer } from '../failures.ts';

/**
 * Reads one stored line as it was written. `STORE_CORRUPT` when it is not the canonical text of an event,
 * `STORE_NEWER` when its version or type is unknown to this omk.
 */
export function parseLine(goal: GoalId, seq: number, line: string): RawEvent {
  const where = place(goal, seq);
  const value = parseCanonical(where, line);
  if (typeof value !== 'object' || value === null) throw corrupt(where, 'a line is not an event');
  if ('v' in value && typeof value.v === 'number' && value.v > LOG_VERSION) throw newer(`The log of ${goal}`);
  if (
    'v' in value &&
    isLogVersion(value.v) &&
    'type' in value &&
    typeof value.type === 'string' &&
    !isEventType(value.type)
  ) {
    throw newer(`The log of ${goal} has an event of unknown type "${value.type}": it`);
  }
  if (!isRaw(value)) throw corrupt(where, 'a line is not an event');
  return value;
}

/** Names a line for people. */
export const place = (goal: GoalId, seq: number): string => `goal ${goal} at seq ${seq}`;

function parseCanonical(where: string, line: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw corrupt(where, 'a line is not canonical JSON', cause);
  }
  if (!isCanonical(line, value)) throw corrupt(where, 'a line is not canonical JSON');
  return value;
}

function isRaw(value: object): value is RawEvent {
  return (
    'v' in value &&
    isLogVersion(value.v) &&
    'seq' in value &&
    typeof value.seq === 'number' &&
    'ts' in value &&
    typeof value.ts === 'string' &&
    'prev' in value &&
    typeof value.prev === 'string' &&
    'type' in value &&
    typeof value.type === 'string' &&
    isEventType(value.type) &&
    'data' in value &&
    typeof value.data === 'object' &&
    value.data !== null
  );
}
