import { constants, lstat, open, readdir, realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { classify } from '../domain/contract/classify.ts';
import { OmkError } from '../domain/error.ts';
import type { HeldOutRequest } from '../engine/held-out/seal.ts';
import type { LaidFile } from '../world/git/port.ts';
import { nameProblem } from '../world/git/snapshot/names.ts';
import { homeOf } from '../world/sandbox/home.ts';
import { isWithin } from '../world/sandbox/paths.ts';
import { toRaw } from '../domain/git/path-bytes.ts';
import { environment } from './here.ts';

/** More is no set of checks but a mistaken folder. */
const MOST = { files: 2000, bytes: 32 * 1024 * 1024 } as const;

interface Given {
  readonly heldOut?: string;
  readonly heldOutWrong?: string;
}

/** Places that a folder of held-out checks may neither lie in nor around. */
interface Places {
  readonly repository: string;
  readonly stateDir: string;
}

/**
 * What `--held-out` and `--held-out-wrong` name, read once; null without them. Whatever is wrong with it is one sentence.
 * `planned`: whether a plan brings test files, which a wrong solution is for as well.
 */
export async function readHeldOut(
  { heldOut, heldOutWrong }: Given,
  places: Places,
  planned: boolean = false,
): Promise<HeldOutRequest | null> {
  if (heldOut === undefined) {
    if (heldOutWrong === undefined) return null;
    if (!planned)
      throw new OmkError(
        'HELD_OUT_MISSING',
        '--held-out-wrong is what the checks of --held-out must fail on, and there is no --held-out',
        'add --held-out <folder>, or a --plan with test files',
      );
    const { path, solution } = await wrongSolution(heldOutWrong, places);
    return { files: [], wrong: solution, hidden: [path] };
  }
  const folder = await placeOf('--held-out', heldOut, places);
  if (folder.kind !== 'folder')
    throw new OmkError(
      'HELD_OUT_NOT_FOUND',
      `--held-out '${heldOut}' is not a folder`,
      'give a folder with test files, laid out as in the repository',
    );
  const files = await filesIn('--held-out', folder.path);
  const other = files.find(({ path }) => classify(path) !== 'test');
  if (other)
    throw new OmkError(
      'HELD_OUT_NO_TEST',
      `'${other.path}' in --held-out is no test file by its path, and would change what is judged`,
      'test files and their data only, laid out as in the repository',
    );
  const wrong = heldOutWrong === undefined ? null : await wrongSolution(heldOutWrong, places);
  return { files, wrong: wrong?.solution ?? null, hidden: [folder.path, ...(wrong ? [wrong.path] : [])] };
}

async function wrongSolution(
  given: string,
  places: Places,
): Promise<{ readonly path: string; readonly solution: HeldOutRequest['wrong'] }> {
  const { kind, path } = await placeOf('--held-out-wrong', given, places);
  if (kind === 'folder') return { path, solution: { kind: 'files', files: await filesIn('--held-out-wrong', path) } };
  return { path, solution: { kind: 'patch', patch: await readPlain('--held-out-wrong', path, given) } };
}

async function placeOf(
  flag: string,
  given: string,
  { repository, stateDir }: Places,
): Promise<{ readonly kind: 'folder' | 'file'; readonly path: string }> {
  const path = await realpath(given).catch(() => null);
  if (path === null) throw new OmkError('HELD_OUT_NOT_FOUND', `${flag} '${given}' is not there`, 'check the path');
  const seen = { 'the repository': repository, 'the state directory of omk': stateDir };
  for (const [name, place] of Object.entries(seen)) {
    const real = await realpath(place).catch(() => place);
    if (isWithin(path, real) || isWithin(real, path))
      throw new OmkError(
        'HELD_OUT_IN_SIGHT',
        `${flag} '${given}' lies in or around ${name}`,
        'put it in a folder of its own, outside of both',
      );
  }
  const home = homeOf(environment());
  if (home !== null && isWithin(home, path))
    throw new OmkError(
      'HELD_OUT_IN_SIGHT',
      `${flag} '${given}' lies around your home folder`,
      'put it in a folder of its own',
    );
  return { kind: (await lstat(path)).isDirectory() ? 'folder' : 'file', path };
}

async function filesIn(flag: string, folder: string): Promise<readonly LaidFile[]> {
  const files: LaidFile[] = [];
  let bytes = 0;
  const walk = async (at: string): Promise<void> => {
    for (const entry of (await readdir(at, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const full = join(at, entry.name);
      const path = relative(folder, full).split(sep).join('/');
      // What Node could not read as UTF-8.
      const problem = path.includes('\uFFFD') ? { detail: 'the name is not UTF-8' } : nameProblem(toRaw(path), 'file');
      if (problem)
        throw new OmkError(
          'HELD_OUT_NOT_PLAIN',
          `'${path}' in ${flag} cannot be laid over a tree: ${problem.detail}`,
          'take it out',
        );
      if (entry.isDirectory()) {
        await walk(full);
        continue;
      }
      const content = await readPlain(flag, full, path);
      bytes += content.length;
      const executable = ((await lstat(full)).mode & 0o100) !== 0;
      files.push({ path, mode: executable ? '100755' : '100644', content });
      if (files.length > MOST.files || bytes > MOST.bytes)
        throw new OmkError(
          'HELD_OUT_TOO_LARGE',
          `${flag} has more than ${MOST.files} files or 32 MiB`,
          'give the folder with nothing but the checks',
        );
    }
  };
  await walk(folder);
  if (files.length === 0)
    throw new OmkError(
      'HELD_OUT_EMPTY',
      `${flag} is an empty folder`,
      'put files there, laid out as in the repository',
    );
  return files;
}

/** A link could lead to another file later, or to one that the agent sees; a pipe would never end. */
async function readPlain(flag: string, path: string, name: string): Promise<Uint8Array> {
  const notPlain = (cause: unknown): OmkError =>
    new OmkError(
      'HELD_OUT_NOT_PLAIN',
      `'${name}' of ${flag} is not a file that can be read`,
      'put the file itself there, not a link',
      { cause },
    );
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    (cause: unknown) => {
      throw notPlain(cause);
    },
  );
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw notPlain(null);
    if (stats.size > MOST.bytes)
      throw new OmkError('HELD_OUT_TOO_LARGE', `'${name}' of ${flag} is over 32 MiB`, 'give nothing but the checks');
    return await file.readFile();
  } finally {
    await file.close();
  }
}
