import type { RepoPath } from '../ids.ts';

/** Whether the id of a test says that it stands in this file, in the way of its runner. Where ids name no files, none is told. */
export function isIn(id: string, path: RepoPath): boolean {
  if (id.startsWith(`${path} > `) || id.startsWith(`${path}::`)) return true;
  if (/\.(?:java|kt|groovy|cs)$/.test(path)) return isOfClass(id, path);
  return path.endsWith('.rs') && isOfModule(id, path);
}

/** `module > com.acme.SumsTest$Inner > adds` stands in `…/com/acme/SumsTest.java`. */
function isOfClass(id: string, path: RepoPath): boolean {
  const [, type = ''] = /(?:^| > )([\w.$]+) > [^>]*$/.exec(id) ?? [];
  const dotted = path.replace(/\.\w+$/, '').replaceAll('/', '.');
  const outer = type.replace(/\$.*$/, '');
  return outer !== '' && (dotted === outer || dotted.endsWith(`.${outer}`));
}

/** `crate/program::module::name`: a file below `src` is a module, one below `tests` a program. */
function isOfModule(id: string, path: RepoPath): boolean {
  const [program = '', ...names] = id.split('::');
  const own = /(?:^|\/)tests\/([^/]+?)(?:\/main)?\.rs$/.exec(path)?.[1];
  if (own !== undefined) return program.endsWith(`/${own}`) || names[0] === own;
  const parts = /(?:^|\/)src\/(.+)\.rs$/.exec(path)?.[1]?.split('/') ?? null;
  if (parts === null) return false;
  if (/^(?:lib|main|mod)$/.test(parts.at(-1) ?? '')) parts.pop();
  return parts.length > 0 && names.slice(0, parts.length).join('::') === parts.join('::');
}

/**
 * How likely a file holds tests of those with these ids, most likely first: 0 as they name it, 1 as one of their words is its name, or
 * in Go that of its folder, 2 otherwise. For the order in which files are taken, and for nothing that must be sure.
 */
export function rankByTests(ids: readonly string[]): (path: RepoPath) => 0 | 1 | 2 {
  const paths = new Set(ids.flatMap((id) => [id.split(' > ', 1)[0], id.split('::', 1)[0]]));
  const words = new Set(ids.flatMap((id) => id.split(/[^\w-]+/)));
  return (path) => {
    const [name = '', folder = ''] = path.split('/').reverse();
    const word = name.endsWith('_test.go') ? folder : name.replace(/\..*$/, '');
    if (paths.has(path)) return 0;
    return words.has(word) ? 1 : 2;
  };
}
