import type { World } from '../world.ts';
import { blobGarbage } from './blobs.ts';
import { DAY_MS, DEFAULTS, type CollectOptions, type Garbage } from './garbage.ts';
import { goalsOf } from './goals.ts';
import { snapshotGarbage, vaultGarbage } from './vaults.ts';
import { worktreeGarbage } from './worktrees.ts';

type Doors = Pick<World, 'store' | 'git' | 'files' | 'clock' | 'gates'>;

/** Everything that `omk gc` would remove. */
export async function garbageOf(world: Doors, options: CollectOptions): Promise<readonly Garbage[]> {
  const goals = await goalsOf(world, options, () => true);
  return [
    ...(await leftovers(world)),
    ...(await worktreeGarbage(world, goals)),
    ...snapshotGarbage(world, goals),
    ...(await caches(world, options)),
    ...(await blobGarbage(world)),
    ...(await vaultGarbage(world, goals, options)),
  ];
}

/** What costs next to nothing to find, at the end of a run: what dead processes left, and worktrees that are over. */
export async function collectQuietly(world: Doors): Promise<void> {
  await world.gates.endDead();
  const there = new Set((await world.files.garbage.attempts()).map(({ path }) => path.split('/').at(-2)));
  const goals = there.size === 0 ? [] : await goalsOf(world, DEFAULTS, (goal) => there.has(goal));
  for (const each of [...(await leftovers(world)), ...(await worktreeGarbage(world, goals))]) await each.remove();
}

async function leftovers({ files, clock }: Doors): Promise<readonly Garbage[]> {
  const old = (await files.garbage.drafts()).filter(({ changedMs }) => clock.now() - changedMs > DAY_MS);
  return Promise.all(old.map(({ path }) => fileGarbage(files, 'leftover', path)));
}

async function caches({ files, clock }: Doors, { olderThanMs }: CollectOptions): Promise<readonly Garbage[]> {
  const old = (await files.garbage.caches()).filter(({ changedMs }) => clock.now() - changedMs > olderThanMs);
  return Promise.all(old.map(({ path }) => fileGarbage(files, 'cache', path)));
}

const fileGarbage = async (files: World['files'], kind: 'leftover' | 'cache', path: string): Promise<Garbage> => ({
  kind,
  what: path,
  goal: null,
  bytes: await files.garbage.sizeOf(path),
  remove: async () => {
    await files.garbage.remove(path);
    return true;
  },
});
