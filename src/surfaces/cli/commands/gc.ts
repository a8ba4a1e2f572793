import { type CollectOptions, DEFAULTS, type Garbage, garbageOf } from '../../../app/use/garbage.ts';
import { parseDuration } from '../../../domain/budget/duration.ts';
import { OmkError } from '../../../domain/error.ts';
import { openWorld, type Live } from '../../../app/compose.ts';
import { printJson, type Output } from '../output/print.ts';
import { showBytes } from '../text/bytes.ts';
import { table } from '../text/table.ts';
import { environment } from '../../../app/here.ts';

export interface GcFlags {
  readonly dryRun: boolean;
  readonly olderThan: string | null;
  readonly keep: number | null;
}

interface Row extends Omit<Garbage, 'remove'> {
  readonly removed: boolean;
}

export async function gc(flags: GcFlags, output: Output): Promise<number> {
  const options = optionsFrom(flags);
  const world = await openWorld(environment());
  try {
    const rows = await collect(world, options, flags.dryRun);
    const bytes = rows.filter(({ removed }) => removed || flags.dryRun).reduce((sum, row) => sum + row.bytes, 0);
    if (output.json) printJson(output, { dryRun: flags.dryRun, bytes, garbage: rows });
    else print(rows, bytes, flags.dryRun, output);
    return 0;
  } finally {
    await world.store.close();
  }
}

async function collect(world: Live, options: CollectOptions, dryRun: boolean): Promise<readonly Row[]> {
  if (!dryRun) await world.gates.endDead();
  const rows: Row[] = [];
  for (const { remove, ...garbage } of await garbageOf(world, options))
    rows.push({ ...garbage, removed: dryRun ? false : await remove() });
  return rows;
}

function print(rows: readonly Row[], bytes: number, dryRun: boolean, output: Output): void {
  const cells = rows.map(({ kind, what, bytes: size, goal, removed }) => [
    kind,
    size === 0 ? '' : showBytes(size),
    goal ?? '',
    removed || dryRun ? what : `${what} (kept: somebody works on the goal)`,
  ]);
  for (const line of table(rows.length === 0 ? null : ['kind', 'size', 'goal', 'what'], cells, { columns: null }))
    output.out(line);
  output.out(
    `${rows.length === 0 ? 'nothing to remove, ' : ''}${showBytes(bytes)} ${dryRun ? 'would be freed' : 'freed'}`,
  );
}

function optionsFrom({ olderThan, keep }: GcFlags): CollectOptions {
  if (olderThan === null) return { ...DEFAULTS, keep: keep ?? DEFAULTS.keep };
  const seconds = parseDuration(olderThan);
  if (seconds === null)
    throw new OmkError(
      'DURATION_INVALID',
      `--older-than is '${olderThan}'`,
      'a whole number of s, m, h or d, such as 7d',
    );
  return { olderThanMs: Number(seconds) * 1000, keep: keep ?? DEFAULTS.keep };
}
