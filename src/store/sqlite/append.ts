import type { GoalEvent } from '../../domain/goal/event.ts';
import type { GoalId, Sha256, Timestamp } from '../../domain/ids.ts';
import type { StoreClock } from '../clock.ts';
import type { StoredLine } from '../log/check-chain.ts';
import { parseLine } from '../log/parse-line.ts';
import { hashOf, seal } from '../log/seal.ts';
import type { AppendResult, GoalSummary, LogLine } from '../port.ts';
import type { Connection } from './connection.ts';
import { insertEvent } from './operations/insert-event.ts';
import { selectTip } from './operations/select-tip.ts';
import { upsertGoal } from './operations/upsert-goal.ts';

/** Appends all events or none. When this returns, they are on the disk. */
export function append(
  connection: Connection,
  clock: StoreClock,
  goal: GoalId,
  version: number,
  events: readonly GoalEvent[],
  summary: GoalSummary,
  at: Timestamp = new Date(clock.now()).toISOString(),
): AppendResult {
  if (summary.goal !== goal) throw new TypeError(`the summary of ${summary.goal} was given for ${goal}`);
  return connection.tx(() => {
    const end = selectTip(connection, goal);
    if (end.version !== version) return { kind: 'conflict', version: end.version };
    const rows = sealed(events, version, at, end.tip);
    for (const row of rows) insertEvent(connection, goal, row);
    // A goal without events is not there, so its row is not either.
    if (rows.length > 0)
      upsertGoal(connection, summary, { version: version + rows.length, tip: rows.at(-1)?.hash ?? end.tip });
    // Parsed back, so that callers see what readers will: nothing that canonical JSON drops.
    return { kind: 'appended', events: rows.map((row) => parseLine(goal, row.seq, row.line)) };
  });
}

/** What `append` would write; null when the log is not at that version. */
export function foresee(
  connection: Connection,
  goal: GoalId,
  version: number,
  events: readonly GoalEvent[],
  at: Timestamp,
): readonly LogLine[] | null {
  const end = selectTip(connection, goal);
  if (end.version !== version) return null;
  return sealed(events, version, at, end.tip).map(({ seq, line }) => ({ line, event: parseLine(goal, seq, line) }));
}

function sealed(events: readonly GoalEvent[], version: number, at: Timestamp, tip: Sha256): readonly StoredLine[] {
  const rows: StoredLine[] = [];
  let prev = tip;
  for (const event of events) {
    const seq = version + rows.length;
    const line = seal(event, seq, at, prev);
    prev = hashOf(line);
    rows.push({ seq, line, hash: prev });
  }
  return rows;
}
