/** Hours from UTC of the abbreviations that providers write. */
const ABBREVIATED: Readonly<Record<string, number>> = {
  z: 0,
  utc: 0,
  gmt: 0,
  pst: -8,
  pdt: -7,
  mst: -7,
  mdt: -6,
  cst: -6,
  cdt: -5,
  est: -5,
  edt: -4,
  bst: 1,
  cet: 1,
  cest: 2,
  eet: 2,
  eest: 3,
  ist: 5.5,
  jst: 9,
  kst: 9,
  aest: 10,
  aedt: 11,
};
const NAMED: Readonly<Record<string, string>> = {
  pt: 'America/Los_Angeles',
  'pacific time': 'America/Los_Angeles',
  mt: 'America/Denver',
  ct: 'America/Chicago',
  et: 'America/New_York',
  'eastern time': 'America/New_York',
  'beijing time': 'Asia/Shanghai',
};
const MINUTE_MS = 60_000;

/** Source of a pattern for a zone: a name such as `Europe/Berlin`, an offset, an abbreviation. */
export const ZONE =
  String.raw`(?:[A-Z][A-Za-z_]{1,20}(?:\/[A-Za-z_+-]{2,30}){1,2}|(?:UTC|GMT)?\s?[+-]\d{1,2}(?::?\d\d)?|` +
  String.raw`(?:Pacific|Eastern|Beijing) time|[A-Z]{2,4}\b|Z\b)`;

/** The fields of a clock on a wall; the month counts from 1. */
export interface Wall {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** Milliseconds that a zone is ahead of UTC at a moment; null for a zone nobody knows. */
export type Offset = (atMs: number) => number | null;

/** What a zone's text means; null for a word that is no zone. */
export function zoneOf(text: string): Offset | null {
  const word = text.trim().toLowerCase();
  const hours = ABBREVIATED[word];
  if (hours !== undefined) return () => hours * 60 * MINUTE_MS;
  const found = /^(?:utc|gmt)?\s?([+-])(\d{1,2})(?::?(\d\d))?$/u.exec(word);
  if (found) {
    const minutes = Number(found[2]) * 60 + Number(found[3] ?? 0);
    return minutes > 14 * 60 ? null : () => (found[1] === '-' ? -minutes : minutes) * MINUTE_MS;
  }
  const name = NAMED[word] ?? (text.includes('/') ? text.trim() : null);
  return name === null || !isKnown(name) ? null : (atMs) => ahead(name, atMs);
}

export const UTC: Offset = () => 0;

/** The moment at which a clock of that zone shows this; a time that a change of the clock leaves out is the one after it. */
export function momentOf(wall: Wall, zone: Offset): number | null {
  const plain = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second);
  const guess = zone(plain);
  if (guess === null || Number.isNaN(plain)) return null;
  const offset = zone(plain - guess);
  return offset === null ? null : plain - offset;
}

/** What a clock of that zone shows at a moment. */
export function wallOf(atMs: number, zone: Offset): Wall {
  const shown = new Date(atMs + (zone(atMs) ?? 0));
  return {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
    second: shown.getUTCSeconds(),
  };
}

function ahead(name: string, atMs: number): number | null {
  if (Number.isNaN(atMs)) return null;
  const whole = Math.floor(atMs / 1000) * 1000;
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(whole);
  const field = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  const [year, month, day] = [field('year'), field('month'), field('day')];
  return Date.UTC(year, month - 1, day, field('hour'), field('minute'), field('second')) - whole;
}

function isKnown(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
