import type { RawPath } from '../../../domain/git/path-bytes.ts';
import { looksLikeDotGit } from './names.ts';

const MAX_HOPS = 40;

/**
 * Why a link leads out of the tree, or null. Followed name by name through the other links of the tree, because
 * `a/..` is not the folder of `a` when `a` is a link.
 */
export function leavesTree(path: RawPath, links: ReadonlyMap<RawPath, RawPath>): string | null {
  const at = path.split('/').slice(0, -1);
  const todo: string[] = [];
  const enter = (target: RawPath): string | null => {
    if (target.startsWith('/') || /^[A-Za-z]:/.test(target)) return 'the link is absolute';
    if (target.includes('\\')) return 'the link contains a backslash';
    todo.push(...target.split('/').reverse());
    return null;
  };
  const first = enter(links.get(path) ?? '');
  if (first !== null) return first;
  for (let hops = 0; hops < MAX_HOPS;) {
    const name = todo.pop();
    if (name === undefined) return null;
    if (name === '' || name === '.') continue;
    if (name === '..') {
      if (at.pop() === undefined) return 'the link leads out of the repository';
      continue;
    }
    if (looksLikeDotGit(name)) return 'the link leads into .git';
    at.push(name);
    const next = links.get(at.join('/'));
    if (next !== undefined) {
      at.pop();
      hops += 1;
      const why = enter(next);
      if (why !== null) return why;
    }
  }
  return 'the link never ends';
}
