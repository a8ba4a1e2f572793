import type { RepoPath } from '../ids.ts';
import { namesRunner } from './runner-packages.ts';

/** Folders for the code of others, and what lies in them. */
const OTHERS = /(?:^|\/)(?:_?vendor(?:ed)?|third[_-]?party|3rd[_-]?party|externals?|extern|deps|subprojects|contrib|\.yarn\/(?:cache|unplugged))\/(.+)$/i;
/** In folders of libraries only what no product writes itself: headers and archives. */
const LIBRARIES = /(?:^|\/)libs?\/(.+\.(?:h|hh|hpp|hxx|c|cc|cpp|cxx|jar|dll))$/i;
const VERSION = /(?:-npm-|[-_@]v?\d)[\w.+-]*$/;
const EXTENSION = /\.\w{1,4}$/;

/** A copy, in the tree, of a library that runs tests or that they assert with. */
export function isVendoredRunner(path: RepoPath): boolean {
  const inside = (OTHERS.exec(path) ?? LIBRARIES.exec(path))?.[1];
  if (inside === undefined) return false;
  const names = inside.replace(EXTENSION, '').split('/').map((each) => each.replace(VERSION, ''));
  return names.some((name, index) => namesRunner(` ${name}`) || namesRunner(` ${names.slice(0, index + 1).join('/')}`));
}
