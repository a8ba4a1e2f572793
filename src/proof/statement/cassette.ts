import { sha256Hex } from '../format/bytes.ts';
import { statement, type Statement } from './statement.ts';
import type { GoalId } from '../../domain/ids.ts';

const CASSETTE_PREDICATE = 'https://omk.dev/cassette/v1';

/** What of a cassette is signed: its executions. They name their content, and the log its blobs, by digests. */
export interface SignedCassette {
  readonly goal: GoalId;
  /** The checkpoint of the bundle that it belongs to. */
  readonly checkpoint: Uint8Array;
  /** The text of each execution. */
  readonly runs: readonly string[];
}

const runName = (index: number): string => `${index + 1}.tape`;

export const cassetteStatement = ({ goal, checkpoint, runs }: SignedCassette): Statement =>
  statement(
    CASSETTE_PREDICATE,
    [
      { name: 'checkpoint', digest: { sha256: sha256Hex(checkpoint) } },
      ...runs.map((text, index) => ({ name: runName(index), digest: { sha256: sha256Hex(text) } })),
    ],
    { goal },
  );
