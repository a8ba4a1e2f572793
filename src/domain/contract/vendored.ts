import type { PathChange } from '../git/snapshot.ts';
import type { RepoPath } from '../ids.ts';
import { classify } from './classify.ts';
import { languageOf } from './languages.ts';
import type { Reading } from './reach.ts';

/** Folders for the code of others, and what lies in them. */
const OTHERS = new RegExp(
  String.raw`(?:^|\/)(?:_?vendor(?:ed|s)?|third[_-]?part(?:y|ies)|3rd[_-]?party|externals?|extern|deps|` +
    String.raw`dependencies|subprojects|\.yarn\/(?:cache|unplugged))\/(.+)$`,
  'i',
);
/** In folders of libraries only archives: no product writes them itself. */
const ARCHIVES = /(?:^|\/)libs?\/(.+\.(?:jar|dll))$/i;

/** What a path is in the library it belongs to; null for the project's own code. */
const insideOf = (path: RepoPath): string | null => (OTHERS.exec(path) ?? ARCHIVES.exec(path))?.[1] ?? null;

/** A copy, in the tree, of what others wrote. */
export const isVendored = (path: RepoPath): boolean => insideOf(path) !== null;

const VERSION = /(?:-npm-|[-_@]v?\d)[\w.+-]*$/;
const withoutExtension = (path: string): string => path.replace(/\.[a-z]\w{0,6}$/i, '');

/** The library by its name: one folder, or what hosts and scopes stand before. */
function libraryOf(inside: string): string {
  const [first = '', ...rest] = withoutExtension(inside).split('/');
  const length = first.startsWith('@') ? 2 : 1;
  const names =
    /^[a-z][\w-]*(?:\.[a-z][\w-]*)+$/i.test(first) && rest.length > 1
      ? [first, ...rest].slice(0, Math.min(3, rest.length))
      : [first, ...rest].slice(0, length);
  return names.join('/').replace(VERSION, '');
}

/** Lines in which code says what it loads. Those of Go hold nothing but a path. */
const LOADS = [
  /^[ \t]*(?:#[ \t]*include|import|from|use|using|extern|require\w*|load|\}[ \t]*from)\b/,
  /\b(?:require|import)[ \t]*\(/,
  /^[ \t]*(?:[\w.]+[ \t]+)?"[^"\s]+"[ \t]*$/,
];

/** Whether code of the project loads the library that a file is in. */
export function loadsLibraryOf(path: RepoPath, text: string): boolean {
  const inside = insideOf(path) ?? path;
  const library = `/${libraryOf(inside)}/`.toLowerCase();
  return text.split('\n').some(
    (line) =>
      LOADS.some((each) => each.test(line)) &&
      (line.match(/[\w@./:\\-]+/g) ?? []).some((word) => {
        const token = word.replaceAll(/::|\\+/g, '/').replace(/^(?:\.{0,2}\/)+/, '');
        const names = `/${token.includes('/') ? token : token.replaceAll('.', '/')}/`.toLowerCase();
        return names.includes(library) || `/${inside}`.endsWith(`/${token}`);
      }),
  );
}

/**
 * Changed code of others that no product of the base loads: it stays the base's while its tests judge, since tests may assert with it.
 * What is new counts only where tests of the base load its library.
 */
export async function vendoredForTests(
  changes: readonly PathChange[],
  { mentions }: Pick<Reading, 'mentions'>,
): Promise<readonly RepoPath[]> {
  const asked = changes.filter(
    ({ path, newMode }) => isVendored(path) && ['source', 'manifest'].includes(classify(path, newMode)),
  );
  if (asked.length === 0) return [];
  const needleOf = (path: RepoPath): readonly string[] => {
    const inside = insideOf(path) ?? path;
    return [libraryOf(inside).split('/').at(-1) ?? '', inside.split('/').at(-1) ?? ''];
  };
  const texts = (await mentions([...new Set(asked.flatMap(({ path }) => needleOf(path)))])).filter(
    ({ path }) => languageOf(path) !== null && !isVendored(path),
  );
  return asked
    .filter(({ path, change }) => {
      const by = texts.filter(({ text }) => loadsLibraryOf(path, text)).map((each) => classify(each.path));
      return !by.includes('source') && !by.includes('manifest') && (change !== 'added' || by.includes('test'));
    })
    .map(({ path }) => path);
}
