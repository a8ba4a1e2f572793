import type { RepoPath } from '../ids.ts';

/**
 * Something that is read from a tree without running code. `path` is a file or a folder, `.` for the whole tree; a text is in a
 * folder when one of its files has it.
 */
export type Fact =
  | { readonly kind: 'path'; readonly path: RepoPath; readonly there: boolean }
  | { readonly kind: 'text'; readonly path: RepoPath; readonly text: string; readonly there: boolean };

const PATH = /^(\S.*?) (exists|is gone)$/;
const TEXT = /^(\S.*?) (contains|lacks) (\S[^]*)$/;

/** `<path> exists`, `<path> is gone`, `<path> contains <text>` or `<path> lacks <text>`; null for anything else. */
export function parseFact(asked: string): Fact | null {
  const text = asked.trim();
  const [, file, state] = PATH.exec(text) ?? [];
  if (file !== undefined) {
    const path = safePath(file);
    return path === null ? null : { kind: 'path', path, there: state === 'exists' };
  }
  const [, place, verb, needle] = TEXT.exec(text) ?? [];
  const path = place === undefined ? null : safePath(place);
  return path === null || needle === undefined
    ? null
    : { kind: 'text', path, text: unquoted(needle), there: verb === 'contains' };
}

export const factText = (fact: Fact): string =>
  fact.kind === 'path'
    ? `${fact.path} ${fact.there ? 'exists' : 'is gone'}`
    : `${fact.path} ${fact.there ? 'contains' : 'lacks'} "${fact.text}"`;

/** The files of a tree that a fact is about. */
export const filesOf = (fact: Fact, paths: readonly RepoPath[]): readonly RepoPath[] =>
  paths.filter((path) => fact.path === '.' || path === fact.path || path.startsWith(`${fact.path}/`));

/** Whether it is so. `files` are those that it is about, `has` says whether a file has a text. */
export function holds(fact: Fact, files: readonly RepoPath[], has: (path: RepoPath, text: string) => boolean): boolean {
  if (fact.kind === 'path') return files.length > 0 === fact.there;
  // A file that went says nothing of what should be in it, and nothing of what should not.
  return files.length > 0 && files.some((path) => has(path, fact.text)) === fact.there;
}

function safePath(text: string): RepoPath | null {
  const path = unquoted(text)
    .replace(/^\.\/(?=.)/, '')
    .replace(/\/+$/, '');
  const parts = path.split('/');
  if (path === '.') return path;
  return path === '' || path.startsWith('/') || parts.some((part) => ['', '.', '..', '.git'].includes(part))
    ? null
    : path;
}

const unquoted = (text: string): string => /^"([^]*)"$/.exec(text)?.[1] ?? text;
