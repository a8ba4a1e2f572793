import type { GitCall } from '../run.ts';
import { git } from '../run.ts';

/** Those of the ids that the repository does not have. */
export async function absentObjects(call: GitCall, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const output = await git(['cat-file', '--batch-check=%(objectname)'], {
    ...call,
    input: ids.map((id) => `${id}\n`).join(''),
  });
  return new Set(
    output
      .toString('latin1')
      .split('\n')
      .flatMap((line) => (line.endsWith(' missing') ? [line.slice(0, -' missing'.length)] : [])),
  );
}
