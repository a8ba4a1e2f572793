/** Source of a pattern for a whole date with a time: RFC 3339, and the three forms of HTTP (RFC 9110, 5.6.7). */
const ISO = String.raw`\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:\s?(?:Z|UTC)\b|\s?[+-]\d\d:?\d\d\b)?`;
const HTTP =
  String.raw`(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? (?:\d\d[ -][A-Z][a-z]{2}[ -]\d{2,4} \d\d:\d\d:\d\d ` +
  String.raw`GMT|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4})`;
export const DATE = `(?:${ISO}|${HTTP})`;

/** A text that `DATE` matches, in milliseconds; UTC where it names no zone, as the agents omk starts are told to live in. */
export function dateMs(text: string): number | null {
  const iso = /^\d{4}-/u.test(text)
    ? text
        .replace(' ', 'T')
        .replace(/\s?UTC$/u, 'Z')
        .replace(/\s/gu, '')
    : null;
  if (iso === null) return numberOf(Date.parse(/GMT$/u.test(text) ? text : `${text} GMT`));
  return numberOf(Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/u.test(iso.slice(10)) ? iso : `${iso}Z`));
}

const numberOf = (ms: number): number | null => (Number.isNaN(ms) ? null : ms);
