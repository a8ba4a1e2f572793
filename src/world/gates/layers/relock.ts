import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RepoPath } from '../../../domain/ids.ts';
import type { Relocked } from '../port.ts';
import { PLANNERS } from './all.ts';
import { planBelow, readerBelow } from './below.ts';
import { resolveLock } from './locks.ts';
import type { ManifestReader, Plan, Planned } from './plan.ts';
import { buildIn, missingTool, notHere, type Wanted, type Workshop } from './prepare.ts';
import { manifestsOf } from './settings.ts';

/** Makes a lock file of a tree again: what the manager would do without one, beginning with the one that is there. */
export async function relock(workshop: Workshop, wanted: Wanted, lock: RepoPath): Promise<Relocked> {
  const { vault, tree, base } = wanted;
  const plan = await plannedFor(await without(await manifestsOf(vault, tree, base), lock), wanted, workshop, lock);
  if (!plan?.unlocked) return { kind: 'unknown' };
  const missing = await missingTool(workshop, plan);
  if (missing !== null) return { kind: 'failed', detail: notHere(missing) };
  const aside = join(workshop.stateDir, 'tmp');
  await mkdir(aside, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(aside, 'relock-'));
  try {
    const place = { folder, out: folder, final: folder, before: new Map() };
    const made = await resolveLock(plan.unlocked, await buildIn(workshop, wanted, plan, place), null);
    return typeof made === 'string' ? { kind: 'made', text: made } : { kind: 'failed', detail: made.detail };
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Who makes it: of the tree, or of its folder as if that were the whole of it. */
async function plannedFor(
  files: ManifestReader,
  { tree }: Wanted,
  { env }: Workshop,
  lock: RepoPath,
): Promise<Plan | undefined> {
  const folder = dirname(lock);
  const here = folder === '.' ? files : readerBelow(files, folder);
  const planned = await Promise.all(PLANNERS.map((plan) => plan(here, tree, env)));
  return planned
    .map((each) => (each.kind === 'plan' && folder !== '.' ? planBelow(each, folder) : each))
    .find((each): each is Plan => isMadeBy(each, lock));
}

const isMadeBy = (planned: Planned, lock: RepoPath): planned is Plan =>
  planned.kind === 'plan' && planned.unlocked?.file === lock;

const without = async (files: ManifestReader, path: RepoPath): Promise<ManifestReader> => ({
  ...files,
  remade: { path, text: (await files.text(path)) ?? '' },
  entries: files.entries.filter((each) => each.path !== path),
  text: async (asked) => (asked === path ? null : files.text(asked)),
});
