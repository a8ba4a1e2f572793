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

/** `of`: the recording, as a hash that no text in it has, so that none of its texts is taken for such a path. */
export const unknownPlace = (of: string, name: string): string => `${UNKNOWN}${of}/${name}`;

/** More than any system takes for a path. */
const LONGEST = 4096;

/** Ends that are tried for paths, all together: somebody else may have made the log. */
const TRIES = 100_000;

/**
 * Whether a text that was made here is the recorded one, as far as can be known: for a path that is not known, the recorded text has any,
 * and the same wherever it stands. Both are JSON, so that a path ends before a quotation mark.
 */
export function isSameButPlaces(made: string, recorded: string, places: readonly Place[]): boolean {
  const unknown = places.filter(({ path }) => path.startsWith(UNKNOWN));
  const marked = unknown.reduce(
    (text, { path, found }, at) => (text.includes(path) ? text.replaceAll(found, () => `\0${at}\0`) : text),
    made,
  );
  // Text and names of places, one after the other. JSON has no such character itself.
  const parts = marked.split('\0');
  return fits(parts, recorded);
}

function fits(parts: readonly string[], recorded: string): boolean {
  let tries = 0;
  const from = (part: number, start: number, paths: ReadonlyMap<string, string>): boolean => {
    let at = start;
    for (let index = part; index < parts.length; index += 2) {
      const [text = '', name] = parts.slice(index, index + 2);
      if (!recorded.startsWith(text, at)) return false;
      at += text.length;
      if (name === undefined) return at === recorded.length;
      const path = paths.get(name);
      if (path === undefined) return ends(at).some((end) => from(index + 2, end, withPath(paths, name, at, end)));
      if (!recorded.startsWith(path, at)) return false;
      at += path.length;
    }
    return false;
  };
  const withPath = (paths: ReadonlyMap<string, string>, name: string, at: number, end: number) =>
    new Map(paths).set(name, recorded.slice(at, end));
  const ends = (at: number): readonly number[] => {
    const quote = recorded[at] === '/' ? recorded.indexOf('"', at) : -1;
    const count = Math.min(quote - at - 1, LONGEST, TRIES - tries);
    tries += Math.max(count, 0);
    return Array.from({ length: Math.max(count, 0) }, (_, more) => at + 2 + more);
  };
  return from(0, 0, new Map());
}
