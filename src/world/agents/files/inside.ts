import { realpath } from 'node:fs/promises';
import { isAbsolute, normalize, sep } from 'node:path';
import { refusal } from '../../../domain/agents/permission.ts';
import { FileRefused } from './refused.ts';

/**
 * The parts of an absolute path below the worktree. Throws `FileRefused` for anything else: relative, outside,
 * with a `..`, or protected.
 */
export async function partsInside(worktree: string, path: string, use: 'read' | 'write'): Promise<readonly string[]> {
  if (!isAbsolute(path)) throw new FileRefused(`${path} is not an absolute path`);
  if (path.split(/[\\/]/u).includes('..')) throw new FileRefused(`${path} contains ..`);
  const roots = [worktree, await realpath(worktree)].map((root) => normalize(root));
  const wanted = normalize(path);
  const root = roots.find((dir) => wanted.startsWith(dir + sep));
  if (root === undefined) throw new FileRefused(`${path} is outside the worktree ${worktree}`);
  const parts = wanted
    .slice(root.length + 1)
    .split(sep)
    .filter((part) => part !== '');
  if (use === 'write') {
    const why = refusal(wanted, [root]);
    if (why !== null) throw new FileRefused(why);
  }
  return parts;
}
