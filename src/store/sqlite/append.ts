import type { GoalEvent } from '../../domain/goal/event.ts';
import type { GoalId } from '../../domain/ids.ts';
import type { StoreClock } from '../clock.ts';
import type { StoredLine } from '../log/check-chain.ts';
import { parseLine } from '../log/parse-line.ts';
import { hashOf, seal } from '../log/seal.ts';
import type { AppendResult, GoalSummary } from '../port.ts';
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
): AppendResult {
  if (summary.goal !== goal) throw new TypeError(`the summary of ${summary.goal} was given for ${goal}`);
  return connection.tx(() => {
    const end = selectTip(connection, goal);
    if (end.version !== version) return { kind: 'conflict', version: end.version };
    const ts = new Date(clock.now()).toISOString();
    const rows: StoredLine[] = [];
    let prev = end.tip;
    for (const event of events) {
      const seq = version + rows.length;
      const line = seal(event, seq, ts, prev);
      prev = hashOf(line);
      rows.push({ seq, line, hash: prev });
    }
    for (const row of rows) insertEvent(connection, goal, row);
    // A goal without events is not there, so its row is not either.
    if (rows.length > 0) upsertGoal(connection, summary, { version: version + rows.length, tip: prev });
    // Parsed back, so that callers see what readers will: nothing that canonical JSON drops.
    return { kind: 'appended', events: rows.map((row) => parseLine(goal, row.seq, row.line)) };
  });
}
