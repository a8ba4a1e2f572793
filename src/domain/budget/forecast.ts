import type { Limits, Used } from './figures.ts';
import { remainingOf } from './figures.ts';
import type { BudgetSource } from './exhaust.ts';

export interface Forecast {
  readonly source: BudgetSource;
  /** Whole seconds until the budget is spent, at the rate so far. */
  readonly inSecs: bigint;
  /** The task (from 1) that would be under way then; null where that cannot be told. */
  readonly atTask: number | null;
}

/** Which budget runs out first at the rate so far, and when; null when none does, or nothing is known yet. */
export function forecast(
  limits: Limits,
  used: Used,
  tasks: { readonly done: number; readonly total: number },
): Forecast | null {
  const left = remainingOf(limits, used);
  const candidates: { source: BudgetSource; inSecs: bigint }[] = [];
  if (left.secs !== null) candidates.push({ source: 'time', inSecs: left.secs });
  if (left.tokens !== null && used.tokens > 0n && used.secs > 0n)
    candidates.push({ source: 'tokens', inSecs: (left.tokens * used.secs) / used.tokens });
  if (left.picoUsd !== null && used.picoUsd > 0n && used.secs > 0n)
    candidates.push({ source: 'cost', inSecs: (left.picoUsd * used.secs) / used.picoUsd });
  const [first, ...rest] = candidates;
  if (!first) return null;
  const soonest = rest.reduce((best, each) => (each.inSecs < best.inSecs ? each : best), first);
  return { ...soonest, atTask: taskAt(soonest.inSecs, used.secs, tasks) };
}

/** Tasks done so far over the time so far, carried on; never past the last. */
function taskAt(
  inSecs: bigint,
  elapsed: bigint,
  { done, total }: { readonly done: number; readonly total: number },
): number | null {
  if (total <= 1 || done < 1 || elapsed === 0n) return null;
  const more = (BigInt(done) * inSecs) / elapsed;
  const at = BigInt(done) + more + 1n;
  return at > BigInt(total) ? null : Number(at);
}

const NOUNS: Readonly<Record<BudgetSource, string>> = {
  time: 'time runs out',
  tokens: 'tokens run out',
  cost: 'dollars run out',
};

/** `at this rate tokens run out in 14 min, at about task 5 of 8`. */
export function forecastSentence({ source, inSecs, atTask }: Forecast, total: number): string {
  return `at this rate ${NOUNS[source]} in ${rough(inSecs)}${atTask === null ? '' : `, at about task ${atTask} of ${total}`}`;
}

function rough(secs: bigint): string {
  if (secs < 120n) return `${secs} s`;
  return secs < 7200n ? `${secs / 60n} min` : `${secs / 3600n} h`;
}
