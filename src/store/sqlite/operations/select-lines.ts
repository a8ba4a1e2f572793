import type { LogEnd, StoredLine } from '../../log/check-chain.ts';
import { NO_HASH } from '../../log/seal.ts';
import type { GoalId } from '../../../domain/ids.ts';
import type { Connection } from '../connection.ts';
import { integer, text, textOrNull } from '../row.ts';

const END = 'SELECT version, tip FROM goal WHERE goal = ?';
const LINES = 'SELECT seq, line, hash, places FROM event WHERE goal = ? AND seq >= ? ORDER BY seq';

/** A goal's lines from a seq on, and where its row says the log ends; version 0 for a goal that is not there. Both are of one moment. */
export function selectLines(
  connection: Connection,
  goal: GoalId,
  from: number,
): { readonly lines: readonly StoredLine[]; readonly end: LogEnd } {
  return connection.atOnce(() => {
    const row = connection.prepare(END).get(goal);
    const end =
      row === undefined ? { version: 0, tip: NO_HASH } : { version: integer(row, 'version'), tip: text(row, 'tip') };
    const lines = connection
      .prepare(LINES)
      .all(goal, from)
      .map((each) => ({
        seq: integer(each, 'seq'),
        line: text(each, 'line'),
        hash: text(each, 'hash'),
        places: textOrNull(each, 'places'),
      }));
    return { lines, end };
  });
}
