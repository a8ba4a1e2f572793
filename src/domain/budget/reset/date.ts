import { momentOf, UTC, wallOf, type Offset } from './zone.ts';

/** Source of a pattern for a whole date with a time: RFC 3339, and the three forms of HTTP (RFC 9110, 5.6.7). */
const ISO = String.raw`\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:\s?(?:Z|UTC)\b|\s?[+-]\d\d:?\d\d\b)?`;
const HTTP =
  String.raw`(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? (?:\d\d[ -][A-Z][a-z]{2}[ -]\d{2,4} \d\d:\d\d:\d\d ` +
  String.raw`GMT|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4})`;
export const DATE = `(?:${ISO}|${HTTP})`;

/** A text that `DATE` matches, in milliseconds; of the zone `home` where a date of RFC 3339 names none, GMT where one of HTTP does. */
export function dateMs(text: string, home: Offset): number | null {
  if (!/^\d{4}-/u.test(text)) return numberOf(Date.parse(/GMT$/u.test(text) ? text : `${text} GMT`));
  const iso = text
    .replace(' ', 'T')
    .replace(/\s?UTC$/u, 'Z')
    .replace(/\s/gu, '');
  if (/(?:Z|[+-]\d\d:?\d\d)$/u.test(iso.slice(10))) return numberOf(Date.parse(iso));
  const wall = numberOf(Date.parse(`${iso}Z`));
  return wall === null ? null : momentOf(wallOf(wall, UTC), home);
}

const numberOf = (ms: number): number | null => (Number.isNaN(ms) ? null : ms);
