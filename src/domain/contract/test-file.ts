import type { RepoPath } from '../ids.ts';
import { languageOf } from './languages.ts';

/** Whether the id of a test says that it stands in this file, in the way of its runner. Where ids name no files, none is told. */
export function isIn(id: string, path: RepoPath): boolean {
  if (id.startsWith(`${path} > `) || id.startsWith(`${path}::`)) return true;
  return languageOf(path)?.holdsTest?.(id, path) === true;
}

/**
 * How likely a file holds tests of those with these ids, most likely first: 0 as they name it, 1 as one of their words is its name, or
 * that of its folder where a folder is a package, 2 otherwise. For the order in which files are taken, and for nothing that must be sure.
 */
export function rankByTests(ids: readonly string[]): (path: RepoPath) => 0 | 1 | 2 {
  const paths = new Set(ids.flatMap((id) => [id.split(' > ', 1)[0], id.split('::', 1)[0]]));
  const words = new Set(ids.flatMap((id) => id.split(/[^\w-]+/)));
  return (path) => {
    const [name = '', folder = ''] = path.split('/').reverse();
    const word = languageOf(path)?.isByFolder ? folder : name.replace(/\..*$/, '');
    if (paths.has(path)) return 0;
    return words.has(word) ? 1 : 2;
  };
}
