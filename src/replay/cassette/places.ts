/** An absolute path of one machine, and the word that stands for it. */
export interface Place {
  readonly word: string;
  readonly path: string;
  readonly found: RegExp;
}

/** The longest first, as one may lie in another. */
export const placesOf = (paths: Readonly<Record<string, string>>): readonly Place[] =>
  Object.entries(paths)
    .filter(([, path]) => path.length > 1)
    .map(([name, path]) => ({ word: `\${omk:${name}}`, path, found: standing(path) }))
    .sort((a, b) => b.path.length - a.path.length);

/** The path itself and what is below it, not one that only holds its letters: `/src` is not in `a/src/b`. */
const standing = (path: string): RegExp => new RegExp(`(?<![\\w./-])${RegExp.escape(path)}(?![\\w.-])`, 'g');

export const withWords = (text: string, places: readonly Place[]): string =>
  places.reduce(
    (rest, { word, path, found }) => (rest.includes(path) ? rest.replaceAll(found, () => word) : rest),
    text,
  );

export const withPaths = (text: string, places: readonly Place[]): string =>
  text.includes('${omk:') ? places.reduce((rest, { word, path }) => rest.replaceAll(word, () => path), text) : text;
