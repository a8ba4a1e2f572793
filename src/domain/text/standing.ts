/** An absolute path of one machine, and the word that stands for it. */
export interface Standing {
  readonly path: string;
  readonly word: string;
  readonly found: RegExp;
}

/** Longest first, as one may lie in another; the root of all files is none. */
export const standingIn = (paths: Iterable<readonly [path: string, word: string]>): readonly Standing[] =>
  [...paths]
    .filter(([path]) => path.length > 1)
    .map(([path, word]) => ({ path, word, found: standing(path) }))
    .sort((a, b) => b.path.length - a.path.length);

/**
 * The path itself and what is below it, also in a `file:` address and before a full stop; not one that only holds its letters:
 * `/src` is not in `a/src/b`.
 */
const standing = (path: string): RegExp =>
  new RegExp(`(?<![\\w.}~-])(?<!(?<!:/)/)${RegExp.escape(path)}(?![\\w-]|\\.\\w)`, 'g');

export const withWords = (text: string, places: readonly Standing[]): string =>
  places.reduce(
    (rest, { word, path, found }) => (rest.includes(path) ? rest.replaceAll(found, () => word) : rest),
    text,
  );
