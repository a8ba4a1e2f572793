import type { GoalId } from '../../domain/ids.ts';
import { checkChain } from '../log/check-chain.ts';
import type { RawLine } from '../log/assemble.ts';
import type { Connection } from './connection.ts';
import { selectLines } from './operations/select-lines.ts';

/** A goal's checked lines from a seq on; none for a goal that is not there. */
export function read(connection: Connection, goal: GoalId, from: number): readonly RawLine[] {
  if (!Number.isSafeInteger(from) || from < 0) throw new TypeError(`not a seq: ${from}`);
  return connection.run(() => {
    // The line before is read too, because the first one asked for names its hash.
    const first = Math.max(0, from - 1);
    const { lines, end } = selectLines(connection, goal, first);
    return checkChain(goal, first, lines, end).filter(({ raw }) => raw.seq >= from);
  });
}
