import type { RepoPath } from '../ids.ts';
import { isScript, languageOf, standsForFolder } from './languages.ts';

const EXTENSION = /\.[^./]+$/;
const TOKEN = /[\w@~#$.\-/\\:<>+]/;
/** A text that is larger is made, and names everything. */
const LARGEST = 1_000_000;

/** What a text must hold to name a file in some way. */
function needleOf(path: RepoPath): string {
  const stem = stemOf(path);
  return stem.slice(stem.lastIndexOf('/') + 1);
}

/** Some languages load what they have a constant for. */
export function needlesOf(path: RepoPath): readonly string[] {
  const needle = needleOf(path);
  const constant = languageOf(path)?.constantOf?.(needle);
  return constant === undefined ? [needle] : [needle, constant];
}

const stemOf = (path: RepoPath): RepoPath => withoutIndex(path.replace(EXTENSION, '')) || path;

/** A folder stands for such a file in it. */
function withoutIndex(stem: RepoPath): RepoPath {
  const at = stem.lastIndexOf('/');
  return at >= 0 && standsForFolder(stem.slice(at + 1)) ? stem.slice(0, at) : stem;
}

/** Whether the text of one file names another so that a program could find it: by its path, as a module, or as a constant. */
export function namesFile(from: RepoPath, text: string, target: RepoPath): boolean {
  if (text.length > LARGEST) return true;
  const needle = needleOf(target);
  return tokensWith(text, needle).some((token) => isPathTo(from, token, target)) || namesModule(from, text, target);
}

/** Whether a text names a folder that a file lies in, as a place to look into. */
export const namesPlaceOf = (from: RepoPath, text: string, target: RepoPath): boolean =>
  placesOf(target).some((folder) =>
    tokensWith(text, folder.slice(folder.lastIndexOf('/') + 1)).some((token) => {
      const path = token.replace(/^(?:<rootDir>|\$\w+)\//, '');
      return [resolve(folderOf(from), path), resolve('', path)].includes(folder);
    }),
  );

/** The folders that a file lies in, the nearest first, without those of all code. */
export const placesOf = (path: RepoPath): readonly RepoPath[] =>
  path
    .split('/')
    .slice(0, -1)
    .map((_, depth, all) => all.slice(0, depth + 1).join('/'))
    .filter((folder) => !/^(?:src|lib|app|packages|source|sources|\.)$/i.test(folder))
    .toReversed();

/** The longest words of a path, a module or a constant around each place of a needle. */
function tokensWith(text: string, needle: string): readonly string[] {
  const found = new Set<string>();
  for (let at = text.indexOf(needle); needle !== '' && at >= 0; at = text.indexOf(needle, at + needle.length)) {
    let start = at;
    let end = at + needle.length;
    while (start > 0 && TOKEN.test(text[start - 1] ?? '')) start -= 1;
    while (end < text.length && TOKEN.test(text[end] ?? '')) end += 1;
    found.add(text.slice(start, end));
  }
  return [...found];
}

function isPathTo(from: RepoPath, token: string, target: RepoPath): boolean {
  const path = token
    .replaceAll('\\', '/')
    .replaceAll('::', '/')
    .replace(/^(?:<rootDir>|\$\w+|~|@|#)\//, '')
    .replace(/[.:,]+$/, '');
  if (/^\.{1,2}\//.test(path))
    return [resolve(folderOf(from), path), resolve('', path)].some((each) => isTo(each, target));
  if (path.includes('/')) return ends(bare(path), stemOf(target)) || ends(path, target) || ends(path, stemOf(target));
  // A name alone is a file beside it or in the root only with its extension.
  return path === target || (EXTENSION.test(path) && resolve(folderOf(from), path) === target);
}

const isTo = (path: RepoPath, target: RepoPath): boolean =>
  path === target || bare(path) === stemOf(target) || path === target.replace(EXTENSION, '');

/** Equal, or with the same last two names: a package, an alias or the root of sources stands before them. */
function ends(path: RepoPath, target: RepoPath): boolean {
  const last = (each: RepoPath): string => each.split('/').slice(-2).join('/');
  return path === target || (path.includes('/') && target.includes('/') && last(path) === last(target));
}

const bare = (path: RepoPath): RepoPath => withoutIndex(isScript(path) ? path.replace(EXTENSION, '') : path);

/** The words of a language for what is loaded by a name and not by a path. */
const namesModule = (from: RepoPath, text: string, target: RepoPath): boolean =>
  languageOf(target)?.namedAs?.(needleOf(target), from)?.test(text) === true;

export const folderOf = (path: RepoPath): RepoPath => path.split('/').slice(0, -1).join('/');

function resolve(folder: RepoPath, path: RepoPath): RepoPath {
  const parts: string[] = [];
  for (const part of `${folder}/${path}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
