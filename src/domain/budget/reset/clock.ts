import { momentOf, wallOf, ZONE, zoneOf, type Offset, type Wall } from './zone.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const MONTH = `(?<month>${MONTHS.join('|')})[a-z]*\\.?`;
const DAY = String.raw`(?<day>\d{1,2})(?:st|nd|rd|th)?`;
const DATED =
  String.raw`(?:${MONTH} ${DAY}(?:,? (?<year>\d{4}))?|${DAY.replace('day', 'day2')} ` +
  String.raw`${MONTH.replace('month', 'month2')}(?: (?<year2>\d{4}))?|(?<weekday>${DAYS.join('|')})[a-z]*|` +
  String.raw`(?<relative>today|tomorrow))`;
const TIME = String.raw`(?<hour>\d{1,2})(?::(?<minute>\d\d))?(?::(?<second>\d\d))?\s?(?<half>[ap]\.?m\b\.?)?|(?<word>noon|midnight)`;
const WHEN = new RegExp(
  String.raw`^(?:${DATED})?(?<between>,?\s*(?:at|by|@)?\s*)(?:${TIME})?(?:\s*\(?(?<zone>${ZONE}))?`,
  'iu',
);
const DAY_MS = 86_400_000;

/**
 * A time on a clock at the start of `text`, the next one after now: `2:40pm (Europe/Berlin)`, `Oct 9 at 5pm`, `Monday 9:00 AM
 * PST`, `midnight UTC+2`. Of the zone `home` where it names none. Null when there is none.
 */
export function clockMs(text: string, nowMs: number, home: Offset): number | null {
  const groups = WHEN.exec(text)?.groups;
  if (groups === undefined) return null;
  const time = timeOf(groups);
  const day = dayOf(groups);
  if (time === 'invalid' || (time === null && (day === null || day.kind === 'relative'))) return null;
  const zone = groups['zone'] === undefined ? home : (zoneOf(groups['zone']) ?? home);
  const today = wallOf(nowMs, zone);
  const clock = time ?? { hour: 0, minute: 0, second: 0 };
  const candidates = daysFrom(day, today).map((date) => momentOf({ ...date, ...clock }, zone));
  return candidates.find((at) => at !== null && at > nowMs) ?? null;
}

type Groups = Readonly<Record<string, string | undefined>>;
type Time = Pick<Wall, 'hour' | 'minute' | 'second'>;

function timeOf({ hour, minute, second, half, word }: Groups): Time | 'invalid' | null {
  if (word !== undefined) return { hour: word.toLowerCase() === 'noon' ? 12 : 0, minute: 0, second: 0 };
  if (hour === undefined) return null;
  // A bare number is no time of day.
  if (minute === undefined && half === undefined) return 'invalid';
  const afternoon = half?.toLowerCase().startsWith('p') ? 12 : 0;
  const [h, m, s] = [Number(hour), Number(minute ?? 0), Number(second ?? 0)];
  if (h > (half === undefined ? 23 : 12) || m > 59 || s > 59) return 'invalid';
  return { hour: half === undefined ? h : (h % 12) + afternoon, minute: m, second: s };
}

type Day =
  | { readonly kind: 'date'; readonly month: number; readonly day: number; readonly year: number | null }
  | { readonly kind: 'weekday'; readonly weekday: number }
  | { readonly kind: 'relative'; readonly days: number };

function dayOf(groups: Groups): Day | null {
  const { weekday, relative } = groups;
  const month = groups['month'] ?? groups['month2'];
  const day = groups['day'] ?? groups['day2'];
  const year = groups['year'] ?? groups['year2'];
  if (month !== undefined && day !== undefined)
    return {
      kind: 'date',
      month: MONTHS.indexOf(month.toLowerCase()) + 1,
      day: Number(day),
      year: year === undefined ? null : Number(year),
    };
  if (weekday !== undefined) return { kind: 'weekday', weekday: DAYS.indexOf(weekday.toLowerCase()) };
  if (relative !== undefined) return { kind: 'relative', days: relative.toLowerCase() === 'tomorrow' ? 1 : 0 };
  return null;
}

/** The days that may be meant, the next first. */
function daysFrom(day: Day | null, today: Wall): readonly Wall[] {
  if (day === null) return [today, plus(today, 1)];
  if (day.kind === 'relative') return [plus(today, day.days)];
  if (day.kind === 'weekday') {
    const now = new Date(Date.UTC(today.year, today.month - 1, today.day)).getUTCDay();
    const ahead = (day.weekday - now + 7) % 7;
    return [plus(today, ahead), plus(today, ahead + 7)];
  }
  const years = day.year === null ? [today.year, today.year + 1] : [day.year];
  return years.map((year) => ({ ...today, year, month: day.month, day: day.day }));
}

function plus(wall: Wall, days: number): Wall {
  const moved = new Date(Date.UTC(wall.year, wall.month - 1, wall.day) + days * DAY_MS);
  return { ...wall, year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() };
}
