import { allOf, RULES } from '../../ecosystems/rules.ts';
import type { RepoPath } from '../ids.ts';
import { isRunnerOf } from './runner-packages.ts';

/** Folders for the code of others, and what lies in them. */
const OTHERS = new RegExp(
  String.raw`(?:^|\/)(?:_?vendor(?:ed|s)?|third[_-]?part(?:y|ies)|3rd[_-]?party|externals?|extern|deps|` +
    String.raw`dependencies|subprojects|\.yarn\/(?:cache|unplugged))\/(.+)$`,
  'i',
);
/** In folders of libraries only archives: no product writes them itself. */
const ARCHIVES = /(?:^|\/)libs?\/(.+\.(?:jar|dll))$/i;
const VERSION = /(?:-npm-|[-_@]v?\d)[\w.+-]*$/;
const EXTENSION = /\.\w{1,6}$/;
const COPIED = allOf(({ copied }) => (copied ? [copied] : []));

/** A copy, in the tree, of a library that runs tests or that they assert with. */
export function isVendoredRunner(path: RepoPath): boolean {
  if (COPIED.some(({ anywhere }) => anywhere.test(path))) return true;
  const inside = (OTHERS.exec(path) ?? ARCHIVES.exec(path))?.[1];
  if (inside === undefined) return false;
  const language = Object.entries(RULES).find(([, { copies }]) => copies?.test(path))?.[0];
  if (language === undefined)
    return COPIED.some(
      ({ files, beside }) => files.test(path) && beside.test(`${inside.includes('/') ? '' : '/'}${inside}`),
    );
  const names = inside
    .replace(EXTENSION, '')
    .split('/')
    .map((each) => each.replace(/^@([\w.]+)-/, '@$1/').replace(VERSION, ''));
  return names.some(
    (name, index) => isRunnerOf(language, name) || isRunnerOf(language, names.slice(0, index + 1).join('/')),
  );
}
