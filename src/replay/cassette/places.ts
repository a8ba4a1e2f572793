import { standingIn, withWords as withStanding, type Standing } from '../../domain/text/standing.ts';

/** An absolute path of one machine, and the word that stands for it. */
export interface Place extends Standing {
  readonly name: string;
  /** Bytes are asked for as they are, as cassettes of format 2 were written. */
  readonly inTextOnly?: true;
}

export const placesOf = (paths: Readonly<Record<string, string>>): readonly Place[] =>
  standingIn(Object.entries(paths).map(([name, path]) => [path, `\${omk:${name}}`] as const)).map((place) => ({
    ...place,
    name: place.word.slice(BEGINS.length, -1),
  }));

/** As cassettes of format 2 were written: nothing was found in an address or before a full stop. */
export const formerPlacesOf = (paths: Readonly<Record<string, string>>): readonly Place[] =>
  placesOf(paths).map((place) => ({
    ...place,
    inTextOnly: true,
    found: new RegExp(`(?<![\\w./-])${RegExp.escape(place.path)}(?![\\w.-])`, 'g'),
  }));

const BEGINS = '${omk:';
/** Stands for the beginning of a word that was in the text. */
const BEGAN = '${omk:}';

export const withWords = (text: string, places: readonly Place[]): string =>
  withStanding(text.includes(BEGINS) ? text.replaceAll(BEGINS, BEGAN) : text, places);

export const withPaths = (text: string, places: readonly Place[]): string =>
  text.includes(BEGINS)
    ? places.reduce((rest, { word, path }) => rest.replaceAll(word, () => path), text).replaceAll(BEGAN, () => BEGINS)
    : text;

/** Where a replay says that a path is which it does not know. */
const UNKNOWN = '/omk/recorded/';

export const unknownPlace = (name: string): string => `${UNKNOWN}${name}`;

/**
 * Whether a text that was made here is the recorded one, as far as can be known: for a path that is not known, the recorded text has any.
 * Both are JSON, so that a path ends before a quotation mark.
 */
export function isSameButPlaces(made: string, recorded: string, places: readonly Place[]): boolean {
  const unknown = places.filter(({ path }) => path.startsWith(UNKNOWN));
  const [first = '', ...rest] = unknown
    .reduce((text, { path, found }) => (text.includes(path) ? text.replaceAll(found, () => '\0') : text), made)
    .split('\0');
  if (rest.length === 0 || !recorded.startsWith(first)) return false;
  let at = first.length;
  for (const [index, part] of rest.entries()) {
    const isLast = index === rest.length - 1;
    const next = isLast ? recorded.length - part.length : recorded.indexOf(part, at + 1);
    if (next <= at || !recorded.startsWith(part, next)) return false;
    if (recorded[at] !== '/' || recorded.slice(at, next).includes('"')) return false;
    at = next + part.length;
  }
  return true;
}
