import { constants } from 'node:fs';
import { cp, lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Measurement, Sandbox } from '../../../domain/gates/evidence.ts';
import { GIT } from '../../../domain/gates/cached.ts';
import type { GateSpec } from '../../../domain/gates/gate.ts';
import type { RepoPath } from '../../../domain/ids.ts';
import type { Bind } from '../../sandbox/port.ts';
import { copyFolder } from '../layers/copy.ts';
import type { RunGateRequest } from '../port.ts';
import type { RunFolder } from './folder.ts';

/** What one checkout has beside its tree. */
export interface PlacedBeside {
  readonly binds: readonly Bind[];
  /** What was copied into it. */
  readonly paths: readonly RepoPath[];
  /** What is not compared with the tree. */
  readonly ignored: readonly RepoPath[];
  readonly told: Pick<Measurement, 'beside'>;
  changed(): Promise<readonly RepoPath[]>;
}

/** A gate that says what it depends on sees git only where it says so: its verdict stands for other commits too. */
export const seesGit = ({ inputs }: GateSpec): boolean => inputs === undefined || inputs.includes(GIT);

const NOTHING: PlacedBeside = { binds: [], paths: [], ignored: [], told: {}, changed: async () => [] };

/** Puts what the base names into a checkout, and a `.git` to ask and to put hooks in: what is written dies with the gate. */
export async function placeSupplies(
  { gate, supplies, tree }: RunGateRequest,
  folder: RunFolder,
  sandbox: Sandbox,
): Promise<PlacedBeside> {
  if (!supplies) return NOTHING;
  const { paths, changed } = await supplies.place(tree, folder.checkout);
  const { dir, commit } = supplies.git;
  const binds: Bind[] = [];
  const git = seesGit(gate);
  if (git && sandbox.kind !== 'none') binds.push(await bindOf(dir, folder));
  if (git && sandbox.kind === 'none')
    await copyFolder(dir, join(folder.checkout, GIT), folder.dir, process.env['PATH'] ?? '');
  return {
    binds,
    paths,
    ignored: git ? [GIT, ...paths] : paths,
    told:
      git || paths.length > 0
        ? { beside: { ...(git ? { git: commit } : {}), ...(paths.length > 0 ? { paths: paths.length } : {}) } }
        : {},
    changed,
  };
}

/** A copy takes less time than an overlay: where bubblewrap mounts none itself, that is eight programs for each run. */
const COPIED_BYTES = 4 * 1024 * 1024;

/** A `.git` that this run alone writes to. */
async function bindOf(dir: string, folder: RunFolder): Promise<Bind> {
  const to = `${folder.seen.checkout}/${GIT}`;
  if ((await bytesIn(dir)) > COPIED_BYTES) return { from: dir, to, writable: false, overlay: true };
  const from = join(folder.dir, 'git');
  await cp(dir, from, { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE });
  return { from, to, writable: true };
}

async function bytesIn(dir: string): Promise<number> {
  const files = (await readdir(dir, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const stats = await Promise.all(files.map(({ parentPath, name }) => lstat(join(parentPath, name))));
  return stats.reduce((sum, { size }) => sum + size, 0);
}
