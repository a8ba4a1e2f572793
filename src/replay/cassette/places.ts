/** An absolute path of one machine, and the word that stands for it. */
export interface Place {
  readonly word: string;
  readonly path: string;
}

/** The longest first, as one may lie in another; a folder that is everywhere stands for nothing. */
export const placesOf = (paths: Readonly<Record<string, string>>): readonly Place[] =>
  Object.entries(paths)
    .filter(([, path]) => path.length > 1)
    .map(([name, path]) => ({ word: `\${omk:${name}}`, path }))
    .sort((a, b) => b.path.length - a.path.length);

export const withWords = (text: string, places: readonly Place[]): string =>
  places.reduce((rest, { word, path }) => (rest.includes(path) ? rest.replaceAll(path, word) : rest), text);

export const withPaths = (text: string, places: readonly Place[]): string =>
  text.includes('${omk:') ? places.reduce((rest, { word, path }) => rest.replaceAll(word, path), text) : text;
