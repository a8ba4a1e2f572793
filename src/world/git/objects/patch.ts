import { join } from 'node:path';
import { OmkError } from '../../../domain/error.ts';
import type { RepoPath, TreeId } from '../../../domain/ids.ts';
import type { GitCall } from '../run.ts';
import { git, gitText, tryGit } from '../run.ts';
import { withTemporary } from '../temporary.ts';
import type { ObjectFormat } from './id.ts';
import { initBare } from './neutral.ts';

/**
 * The tree a patch makes of a base tree. Done in a repository of its own that only reads the other's objects, so
 * neither its settings nor its attributes take part, and nothing is written there.
 */
export async function treeFromPatch(
  source: { readonly objects: string; readonly format: ObjectFormat; readonly temporary: string },
  base: TreeId,
  patch: Uint8Array,
): Promise<TreeId> {
  if (patch.length === 0) return base;
  return withTemporary(source.temporary, async (dir) => {
    const gitDir = await initBare(join(dir, 'git'), source.format);
    return applyPatch(
      { gitDir, env: { GIT_ALTERNATE_OBJECT_DIRECTORIES: quoteList(source.objects) } },
      dir,
      base,
      patch,
    );
  });
}

/** The tree a patch makes of another, written where `call` writes. `OmkError` `PATCH_DOES_NOT_APPLY`. */
export async function applyPatch(call: GitCall, temporary: string, tree: TreeId, patch: Uint8Array): Promise<TreeId> {
  return withTemporary(temporary, async (dir) => {
    const own: GitCall = { ...call, indexFile: join(dir, 'index') };
    await git(['read-tree', tree], own);
    const applied = await tryGit(['apply', '--cached', '--whitespace=nowarn', '-p1', '-'], { ...own, input: patch });
    if (applied.code !== 0) {
      const why = applied.stderr.trim().split('\n').slice(-2).join(' ').slice(0, 400);
      throw new OmkError(
        'PATCH_DOES_NOT_APPLY',
        `The patch does not apply to its base: ${why}`,
        'Get it again from where it was made.',
        { exit: 6 },
      );
    }
    return gitText(['write-tree'], { ...own, durable: true });
  });
}

/** The variable is a list; quotes keep a colon in a path from splitting it. */
function quoteList(path: RepoPath): string {
  return `"${path.replace(/["\\]/g, '\\$&')}"`;
}
