import type { GoalId, Sha256, Timestamp } from '../../domain/ids.ts';
import type { RawLine } from '../log/assemble.ts';
import type { StoredLine } from '../log/check-chain.ts';
import { parseLine } from '../log/parse-line.ts';
import { hashOf, seal, type Packed } from '../log/seal.ts';
import { leaseLost } from '../failures.ts';
import type { GoalSummary, LeaseToken } from '../port.ts';
import type { Connection } from './connection.ts';
import { isCurrent } from './operations/lease-rows.ts';
import { insertEvent } from './operations/insert-event.ts';
import { selectTip } from './operations/select-tip.ts';
import { upsertGoal } from './operations/upsert-goal.ts';

export type Appended =
  | { readonly kind: 'appended'; readonly lines: readonly RawLine[] }
  | { readonly kind: 'conflict'; readonly version: number };

/** Appends all events or none. When this returns, they are on the disk. */
export function append(
  connection: Connection,
  goal: GoalId,
  version: number,
  events: readonly Packed[],
  summary: GoalSummary,
  at: Timestamp,
  under: LeaseToken | null,
): Appended {
  if (summary.goal !== goal) throw new TypeError(`the summary of ${summary.goal} was given for ${goal}`);
  return connection.tx(() => {
    if (under !== null && !isCurrent(connection, goal, under.key, under.token)) throw leaseLost(goal);
    const end = selectTip(connection, goal);
    if (end.version !== version) return { kind: 'conflict', version: end.version };
    const rows = sealed(events, version, at, end.tip);
    for (const row of rows) insertEvent(connection, goal, row);
    // A goal without events is not there, so its row is not either.
    if (rows.length > 0)
      upsertGoal(connection, summary, { version: version + rows.length, tip: rows.at(-1)?.hash ?? end.tip });
    return { kind: 'appended', lines: readBack(goal, rows) };
  });
}

/** What `append` would write; null when the log is not at that version. */
export function foresee(
  connection: Connection,
  goal: GoalId,
  version: number,
  events: readonly Packed[],
  at: Timestamp,
): readonly RawLine[] | null {
  const end = selectTip(connection, goal);
  return end.version === version ? readBack(goal, sealed(events, version, at, end.tip)) : null;
}

/** Parsed back, so that callers see what readers will: nothing that canonical JSON drops. */
const readBack = (goal: GoalId, rows: readonly StoredLine[]): readonly RawLine[] =>
  rows.map(({ seq, line, places }) => ({ line, places, raw: parseLine(goal, seq, line) }));

function sealed(events: readonly Packed[], version: number, at: Timestamp, tip: Sha256): readonly StoredLine[] {
  const rows: StoredLine[] = [];
  let prev = tip;
  for (const event of events) {
    const seq = version + rows.length;
    const line = seal(event, seq, at, prev);
    prev = hashOf(line);
    rows.push({ seq, line, hash: prev, places: event.places });
  }
  return rows;
}
