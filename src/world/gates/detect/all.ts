import { posix } from 'node:path';
import type { RepoPath } from '../../../domain/ids.ts';
import { GATES } from '../../../ecosystems/gates.ts';
import type { Draft } from '../draft.ts';
import { filesBelow, filesBeside, type TreeFiles } from '../tree-files.ts';
import { projectFolders } from './folders.ts';
import { slug } from './packages.ts';
import type { Detector, Proposal } from './port.ts';

const TIMEOUT_MS = 600_000;

/** The gates a tree without a gates file is judged by. */
export async function detectDrafts(files: TreeFiles): Promise<readonly Draft[]> {
  const folders = projectFolders((await files.list()).map(({ path }) => path));
  const found = await Promise.all(Object.values(GATES).map((detectors) => foundIn(files, detectors, folders)));
  const seen = new Map<string, number>();
  return found.flat().map((gate) => ({
    ...gate,
    id: unique(gate.id, seen),
    cwd: gate.cwd ?? '.',
    env: {},
    timeoutMs: TIMEOUT_MS,
    required: true,
    skip: false,
    network: false,
    reader: 'auto',
  }));
}

type Found = Omit<Proposal, 'because'> & { readonly source: Extract<Draft['source'], { kind: 'detected' }> };

/** What one language has in the folders of projects, and beside them; some detectors look into folders themselves. */
async function foundIn(
  files: TreeFiles,
  detectors: readonly Detector[],
  folders: readonly RepoPath[],
): Promise<readonly Found[]> {
  const whole = await proposed(files, detectors);
  if (folders.length === 0 || whole.some(({ cwd = '.' }) => cwd !== '.')) return whole;
  const beside = await proposed(filesBeside(files, folders), detectors);
  const below = folders.map(async (folder) =>
    (await proposed(filesBelow(files, folder), detectors)).map((each) => inFolder(each, folder)),
  );
  const found = [...beside, ...(await Promise.all(below)).flat()];
  return found.length > 0 ? found : whole;
}

const proposed = async (files: TreeFiles, detectors: readonly Detector[]): Promise<readonly Found[]> =>
  (
    await Promise.all(
      detectors.map(async ({ name, detect }) =>
        (await detect(files)).map(({ because, ...gate }) => ({
          ...gate,
          source: { kind: 'detected', detector: name, because } as const,
        })),
      ),
    )
  ).flat();

/** What else its verdict depends on is not known: it may use the other projects. */
const inFolder = ({ id, argv, kind, cwd = '.', source }: Found, folder: RepoPath): Found => ({
  id: `${id}-${slug(folder)}`,
  argv,
  kind,
  cwd: posix.join(folder, cwd),
  source: { ...source, because: `in ${folder}, ${source.because}` },
});

/** Folders with different names may be named alike. */
function unique(id: string, seen: Map<string, number>): string {
  const count = (seen.get(id) ?? 0) + 1;
  seen.set(id, count);
  return count === 1 ? id : unique(`${id}-${count}`, seen);
}
