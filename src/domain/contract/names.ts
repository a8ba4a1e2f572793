import type { RepoPath } from '../ids.ts';
import { camelOf } from './support-checks.ts';

/** Folders stand for these files in them. */
const INDEX = /\/(?:index|__init__|mod|__main__)$/;
const EXTENSION = /\.[^./]+$/;
const SCRIPT = /\.(?:[cm]?[jt]sx?|vue|svelte)$/;
const TOKEN = /[\w@~#$.\-/\\:<>+]/;
/** A text that is larger is made, and names everything. */
const LARGEST = 1_000_000;

/** What a text must hold to name a file in some way. */
function needleOf(path: RepoPath): string {
  const stem = stemOf(path);
  return stem.slice(stem.lastIndexOf('/') + 1);
}

/** Ruby and PHP load what they have a constant for. */
export const needlesOf = (path: RepoPath): readonly string[] =>
  path.endsWith('.rb') ? [needleOf(path), camelOf(needleOf(path))] : [needleOf(path)];

const stemOf = (path: RepoPath): RepoPath => path.replace(EXTENSION, '').replace(INDEX, '') || path;

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

const bare = (path: RepoPath): RepoPath =>
  path
    .replace(SCRIPT, '')
    .replace(/\.(?:py|rb|php|sh)$/, '')
    .replace(INDEX, '');

/** The words of a language for what is loaded by a name and not by a path. */
function namesModule(from: RepoPath, text: string, target: RepoPath): boolean {
  const name = needleOf(target).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  if (target.endsWith('.py') && /\.(?:py|pyi|toml|cfg|ini|txt)$/.test(from))
    return new RegExp(
      [
        String.raw`^[ \t]*(?:from|import)\b[^\n]*\b${name}\b|\bimport[ \t]*\([^)]{0,2000}\b${name}\b`,
        String.raw`['"][\w.]*\b${name}(?:[.:][\w.:]*)?['"]|-[pm]\s?[\w.]*\b${name}\b|-p=[\w.]*\b${name}\b`,
      ].join('|'),
      'm',
    ).test(text);
  if (target.endsWith('.rb'))
    return new RegExp(String.raw`['"](?:[\w./-]*/)?${name}(?:\.rb)?['"]|\b${camelOf(needleOf(target))}\b`).test(text);
  return /\.(?:php|java|kt|scala|groovy|cs)$/.test(target) && new RegExp(String.raw`\b${name}\b`).test(text);
}

export const folderOf = (path: RepoPath): RepoPath => path.split('/').slice(0, -1).join('/');

function resolve(folder: RepoPath, path: RepoPath): RepoPath {
  const parts: string[] = [];
  for (const part of `${folder}/${path}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
