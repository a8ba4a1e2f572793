import { DEFAULTS } from '../../../app/use/garbage.ts';
import { goalsOf, worktreesOf } from '../../../app/use/worktrees.ts';
import { openWorld } from '../../../app/compose.ts';
import { printJson, type Output } from '../output/print.ts';
import { showBytes } from '../text/bytes.ts';
import { table } from '../text/table.ts';
import { environment } from '../../../app/here.ts';

/** The worktrees on the disk, with what is known of each. */
export async function listWorktrees(output: Output): Promise<number> {
  const world = await openWorld(environment());
  try {
    const goals = await goalsOf(world, DEFAULTS, () => true);
    const statuses = new Map(goals.map(({ goal, state }) => [goal, state.status]));
    const found = await Promise.all(
      (await worktreesOf(world, goals)).map(async (each) => ({
        ...each,
        status: statuses.get(each.goal) ?? null,
        bytes: await world.files.garbage.sizeOf(each.path),
      })),
    );
    if (output.json) printJson(output, found);
    else if (found.length === 0) output.err('no worktrees: they are removed when a goal ends for good');
    else
      for (const line of table(
        ['goal', 'attempt', 'status', 'size', 'in the vault', 'folder'],
        found.map(({ goal, attempt, status, bytes, inVault, path }) => [
          goal,
          attempt === null ? '-' : String(attempt),
          status ?? '',
          showBytes(bytes),
          inVault ? 'yes' : 'not all',
          path,
        ]),
        { columns: null },
      ))
        output.out(line);
    return 0;
  } finally {
    await world.store.close();
  }
}
