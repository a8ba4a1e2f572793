import { corrupt } from '../../failures.ts';
import type { LogEnd, StoredLine } from '../../log/check-chain.ts';
import { NO_HASH } from '../../log/seal.ts';
import type { GoalId } from '../../../domain/ids.ts';
import type { Connection } from '../connection.ts';
import { integer, text, textOrNull } from '../row.ts';

// One statement, so that the lines and the end come from one moment. It has a row even where nothing is stored.
const SQL = `SELECT g.version, g.tip, e.seq, e.line, e.hash, e.places
  FROM (SELECT ? AS goal) w LEFT JOIN goal g ON g.goal = w.goal LEFT JOIN event e ON e.goal = w.goal AND e.seq >= ?
  ORDER BY e.seq`;

/** A goal's lines from a seq on, and where its row says the log ends; version 0 for a goal that is not there. */
export function selectLines(
  connection: Connection,
  goal: GoalId,
  from: number,
): { readonly lines: readonly StoredLine[]; readonly end: LogEnd } {
  const rows = connection.prepare(SQL).all(goal, from);
  const first = rows[0];
  if (first === undefined) throw corrupt(`goal ${goal}`, 'the database gave no answer');
  const end =
    first['version'] === null
      ? { version: 0, tip: NO_HASH }
      : { version: integer(first, 'version'), tip: text(first, 'tip') };
  const lines = rows
    .filter((row) => row['seq'] !== null)
    .map((row) => ({
      seq: integer(row, 'seq'),
      line: text(row, 'line'),
      hash: text(row, 'hash'),
      places: textOrNull(row, 'places'),
    }));
  return { lines, end };
}
