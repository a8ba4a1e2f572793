const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const DAY_MS = 86_400_000;

/** Text without the date of the day on which it was written, as programs print it: so that a capture is the same tomorrow. */
export function withoutDay(text: string, startedAt: string, durationMs: number): string {
  const start = Date.parse(startedAt);
  // The second condition is a zone that is 14 hours ahead.
  const days = [start, start + durationMs, start + (14 * DAY_MS) / 24, start + durationMs + (14 * DAY_MS) / 24];
  const forms = new Set(days.map((at) => new Date(at).toISOString().slice(0, 10)).flatMap(formsOf));
  return [...forms].reduce((left, form) => left.replaceAll(form, '[today]'), text);
}

/** The longest first: one may hold another. */
function formsOf(day: string): readonly string[] {
  const [year = '', month = '', date = ''] = day.split('-');
  const name = MONTHS[Number(month) - 1] ?? '';
  const short = name.slice(0, 3);
  const dates = [...new Set([date, String(Number(date))])];
  return [
    ...[name, short].flatMap((each) =>
      dates.flatMap((one) => [`${each} ${one}, ${year}`, `${each} ${one} ${year}`, `${one} ${each} ${year}`]),
    ),
    day,
    `${year}/${month}/${date}`,
    `${date}.${month}.${year}`,
    `${date}/${month}/${year}`,
    `${month}/${date}/${year}`,
  ];
}
