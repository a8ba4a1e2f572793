import { dateMs } from './reset/date.ts';
import { FIELDS, fieldTimes } from './reset/fields.ts';
import { sentenceTimes } from './reset/sentence.ts';
import { UTC, zoneOf, type Offset } from './reset/zone.ts';

/** Waits longer than this from now are not what a message meant: the longest limits are monthly. */
const LONGEST_MS = 32 * 86_400_000;
/** A time that passed so shortly ago is over now. */
const JUST_MS = 60_000;

/**
 * When a usage limit ends, from what an agent says about it: a documented header or field, the most exact first, then
 * a documented sentence. Milliseconds since the epoch; null when it does not say. A time without a zone can be UTC, in which
 * omk starts agents, or of the machine's zone: the earlier that is to come, because to ask too early costs one refusal, and
 * to wait too long can end the goal.
 */
export function resetTime(text: string, nowMs: number, machineZone = 'UTC'): number | null {
  const zones = [UTC, zoneOf(machineZone) ?? UTC];
  const ends = zones.flatMap((zone) => readIn(zone, text, nowMs) ?? []);
  return ends.length === 0 ? null : Math.min(...ends);
}

function readIn(zone: Offset, text: string, nowMs: number): number | null {
  const read = [
    ...FIELDS.map((row) => () => fieldTimes(text, row, nowMs, zone)),
    () => marked(text),
    () => beijing(text),
    () => sentenceTimes(text, nowMs, zone),
  ];
  for (const times of read) {
    const fit = times().filter((at) => at >= nowMs - JUST_MS && at - nowMs <= LONGEST_MS);
    if (fit.length > 0) return Math.max(nowMs, ...fit);
  }
  return null;
}

/** Claude: `Claude AI usage limit reached|1788876000`. */
const marked = (text: string): readonly number[] =>
  [...text.matchAll(/limit reached\|(\d{10})(\d{3})?(?!\d)/giu)].map(
    ([, seconds, ms]) => Number(seconds) * 1000 + Number(ms ?? 0),
  );

/** GLM names no zone and means Beijing: `Your limit will reset at 2026-09-08 20:40:47`. */
const beijing = (text: string): readonly number[] =>
  [
    ...text.matchAll(/limit will (?:be )?reset at (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?!\s?(?:Z|UTC|GMT|[+-]\d))/giu),
  ].flatMap(([, at = '']) => dateMs(`${at}+08:00`, UTC) ?? []);

const FIRST_MS = 30_000;
const MOST_MS = 15 * 60_000;

/** How long to wait when nobody says until when: longer each time, within bounds. `tries` from 0. */
export const backoffMs = (tries: number): number => Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(10, Math.max(0, tries)));
