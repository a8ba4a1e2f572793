import type { GoalId } from '../../../domain/ids.ts';
import { corrupt } from '../../failures.ts';
import type { LogEnd } from '../../log/check-chain.ts';
import { place } from '../../log/parse-line.ts';
import { hashOf, NO_HASH } from '../../log/seal.ts';
import type { Connection } from '../connection.ts';
import { integer, text } from '../row.ts';

const SQL = `SELECT g.version, g.tip, e.seq, e.line
  FROM (SELECT ? AS goal) w LEFT JOIN goal g ON g.goal = w.goal LEFT JOIN event e ON e.goal = w.goal
  ORDER BY e.seq DESC LIMIT 1`;

/** Where the next event goes. `STORE_CORRUPT` when the last line is not the one the goal's row names: nothing is built on that. */
export function selectTip(connection: Connection, goal: GoalId): LogEnd {
  const row = connection.prepare(SQL).get(goal);
  if (row === undefined || (row['version'] === null && row['seq'] === null)) return { version: 0, tip: NO_HASH };
  if (row['version'] === null || row['seq'] === null)
    throw corrupt(place(goal, 0), 'the goal and its events do not match');
  const end = { version: integer(row, 'version'), tip: text(row, 'tip') };
  const seq = integer(row, 'seq');
  if (seq + 1 !== end.version || hashOf(text(row, 'line')) !== end.tip)
    throw corrupt(place(goal, seq), 'the last line is not the one that was written');
  return end;
}
