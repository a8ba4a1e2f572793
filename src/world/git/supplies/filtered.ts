import { createReadStream } from 'node:fs';
import { createHash } from 'node:crypto';
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitBlobId, RepoPath } from '../../../domain/ids.ts';
import { readObjects } from '../objects/read.ts';
import type { RawTree } from '../objects/tree.ts';
import { toRepoPath, type RawPath } from '../../../domain/git/path-bytes.ts';
import { tryGit, type GitCall } from '../run.ts';

export interface Pointer {
  readonly path: RepoPath;
  /** The blob of the pointer. */
  readonly id: string;
  readonly oid: string;
  readonly size: number;
}

interface Filtered {
  readonly pointers: readonly Pointer[];
  readonly encrypted: readonly RepoPath[];
}

const POINTER =
  /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(?:ext-[^\n]*\n)*oid sha256:([0-9a-f]{64})\nsize (\d+)\n$/;
const ENCRYPTED = Buffer.from('\0GITCRYPT\0', 'latin1');
/** No pointer is longer. */
const LONGEST = 1024;

/** Files of a tree whose content is elsewhere, or encrypted: pointers of Git LFS, and what git-crypt wrote. */
export async function filteredFiles(call: GitCall, tree: RawTree, id: string): Promise<Filtered> {
  if (!(await mayFilter(call, tree))) return { pointers: [], encrypted: [] };
  const [lfs, crypt] = await Promise.all([
    holding(call, tree, id, 'https://git-lfs.github.com/spec/v1'),
    holding(call, tree, id, 'GITCRYPT'),
  ]);
  const pointers = lfs.flatMap(({ path, blob, content }) => {
    const [, oid, size] = content.length > LONGEST ? [] : (POINTER.exec(content.toString('latin1')) ?? []);
    return oid === undefined ? [] : [{ path, id: blob, oid, size: Number(size) }];
  });
  return {
    pointers,
    encrypted: crypt
      .filter(({ content }) => content.subarray(0, ENCRYPTED.length).equals(ENCRYPTED))
      .map(({ path }) => path),
  };
}

/** Whether attributes of the tree name a filter at all; most trees have none, and nothing more is asked then. */
async function mayFilter(call: GitCall, tree: RawTree): Promise<boolean> {
  const ids = [...tree].filter(([path]) => /(?:^|\/)\.gitattributes$/.test(path)).map(([, { id }]) => id);
  const texts = await readObjects(call, ids);
  return texts.some((text) => text?.content.includes('filter=') === true);
}

async function holding(
  call: GitCall,
  tree: RawTree,
  id: string,
  text: string,
): Promise<readonly { readonly path: RepoPath; readonly blob: GitBlobId; readonly content: Buffer }[]> {
  const args = ['grep', '-l', '-z', '-a', '--full-name', '--no-recurse-submodules', '-F', '-e', text, id, '--'];
  const { stdout } = await tryGit(args, call);
  const paths: RawPath[] = stdout
    .toString('latin1')
    .split('\0')
    .filter((line) => line.startsWith(`${id}:`))
    .map((line) => line.slice(id.length + 1));
  const files = paths.flatMap((path) => {
    const entry = tree.get(path);
    return entry === undefined ? [] : [{ path: toRepoPath(path), blob: entry.id }];
  });
  const contents = await readObjects(
    call,
    files.map(({ blob }) => blob),
  );
  return files.map((file, index) => ({ ...file, content: contents[index]?.content ?? Buffer.alloc(0) }));
}

/** The object a pointer names, in the store of the user's clone; null where it is not there, or is not what it should be. */
export async function lfsObject(gitDir: string, { oid, size }: Pointer): Promise<string | null> {
  const path = join(gitDir, 'lfs', 'objects', oid.slice(0, 2), oid.slice(2, 4), oid);
  const stat = await lstat(path).catch(() => null);
  return stat?.isFile() === true && stat.size === size && (await sha256Of(path)) === oid ? path : null;
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}
