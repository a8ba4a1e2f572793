import { lstat, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OmkError } from '../../../domain/error.ts';
import type { RepoPath } from '../../../domain/ids.ts';
import { valuesIn } from '../../../domain/secrets/values.ts';
import type { RawTree } from '../objects/tree.ts';
import { toRaw, toRepoPath, type RawPath } from '../../../domain/git/path-bytes.ts';
import { rawBytes } from '../paths.ts';
import { failure, git, tryGit, type GitCall } from '../run.ts';
import { withTemporary } from '../temporary.ts';

export interface Included {
  readonly path: RepoPath;
  readonly from: string;
}

const MOST_FILES = 500;
const MOST_BYTES = 50 * 1024 * 1024;
/** Values in larger files are not looked for. */
const READ_FOR_VALUES = 256 * 1024;

/**
 * Files of the user's checkout that git ignores and these patterns (as of `.gitignore`) name. Only regular files; what a
 * tree of the base has is never replaced. `OmkError` `INCLUDE_TOO_MUCH`.
 */
export async function findIncluded(
  temporary: string,
  { gitDir, root }: { readonly gitDir: string; readonly root: string },
  patterns: readonly string[],
  tree: RawTree,
): Promise<{ readonly files: readonly Included[]; readonly secrets: readonly string[] }> {
  if (patterns.every((line) => line.trim() === '' || line.startsWith('#'))) return { files: [], secrets: [] };
  const call: GitCall = { gitDir, workTree: root, whose: 'user' };
  const named = await withTemporary(temporary, async (dir) => {
    const file = join(dir, 'patterns');
    await writeFile(file, `${patterns.join('\n')}\n`);
    return lines(await git(['ls-files', '-z', '--others', '--ignored', `--exclude-from=${file}`], call));
  });
  const ignored = await ignoredOf(call, named);
  const files: Included[] = [];
  const secrets: string[] = [];
  let bytes = 0;
  for (const raw of ignored.filter((path) => !tree.has(path))) {
    const path = toRepoPath(raw);
    const from = join(root, path);
    const stat = await lstat(from).catch(() => null);
    if (stat?.isFile() !== true || toRaw(path) !== raw) continue;
    bytes += stat.size;
    files.push({ path, from });
    if (files.length > MOST_FILES || bytes > MOST_BYTES) throw tooMuch(path);
    if (stat.size <= READ_FOR_VALUES) secrets.push(...valuesIn(await readFile(from, 'utf8')));
  }
  return { files, secrets: [...new Set(secrets)] };
}

async function ignoredOf(call: GitCall, paths: readonly RawPath[]): Promise<readonly RawPath[]> {
  if (paths.length === 0) return [];
  const output = await tryGit(['check-ignore', '-z', '--stdin'], {
    ...call,
    // This command refuses literal pathspecs; `./` in front keeps a name that starts with a colon a name.
    env: { GIT_LITERAL_PATHSPECS: '0' },
    input: rawBytes(paths.map((path) => `./${path}\0`).join('')),
  });
  // 1 says that none is ignored.
  if (output.code > 1) throw failure(['check-ignore'], output);
  return lines(output.stdout).map((path) => path.replace(/^\.\//, ''));
}

const lines = (output: Buffer): readonly string[] => output.toString('latin1').split('\0').filter(Boolean);

const tooMuch = (path: RepoPath): OmkError =>
  new OmkError(
    'INCLUDE_TOO_MUCH',
    `.worktreeinclude names more than ${MOST_FILES} files or ${MOST_BYTES / 1024 / 1024} MiB, ${path} among them.`,
    'Name files such as .env there; what is installed or built belongs into [worktree] setup of .omk/config.toml.',
  );
