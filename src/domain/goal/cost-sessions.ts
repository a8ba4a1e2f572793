import type { CostSession } from '../budget/contract.ts';
import { storedInteger } from '../budget/integer.ts';
import type { UsageEntry } from '../budget/usage-entry.ts';
import type { LoggedEvent } from './event.ts';

/**
 * What each session of an agent cost, from the log: every attempt, and every other session that told something. Looking at a
 * budget is no session, and a retry is one of its own.
 */
export function costSessions(events: readonly LoggedEvent[]): readonly CostSession[] {
  const attempts = events.flatMap((event) =>
    event.type === 'attempt.started'
      ? [{ name: nameOf(event.data.attempt), ts: event.ts, attempt: event.data.attempt }]
      : [],
  );
  const names = new Set(attempts.map(({ name }) => name));
  const others = events.flatMap((event) => {
    if (event.type !== 'usage.recorded' || names.has(event.data.name)) return [];
    names.add(event.data.name);
    return [{ name: event.data.name, ts: event.ts, attempt: null }];
  });
  return [...attempts, ...others].map(({ name, ts, attempt }) => {
    const keys = new Set<string>();
    const entries = events.flatMap((event) =>
      event.type === 'usage.recorded' &&
      event.data.name === name &&
      !keys.has(event.data.key) &&
      keys.add(event.data.key)
        ? [event.data]
        : [],
    );
    const turnMs = events.reduce(
      (sum, event) =>
        event.type === 'turn.ended' && event.data.attempt === attempt ? sum + event.data.durationMs : sum,
      0,
    );
    const ended = events.find((event) => event.type === 'attempt.ended' && event.data.attempt === attempt);
    const told = entries.filter((each) => each.priced === 'agent');
    return {
      sessionType: entries[0]?.sessionType ?? 'attempt',
      name,
      startedAt: ts,
      endedAt: ended?.ts ?? null,
      inputTokens: sumOf(entries, 'inputTokens'),
      outputTokens: sumOf(entries, 'outputTokens'),
      durationSecs: BigInt(Math.floor(turnMs / 1000)),
      picoUsd: sumOf(entries, 'picoUsd'),
      actualPicoUsd: told.length > 0 ? sumOf(told, 'picoUsd') : null,
      tier: entries.findLast((each) => each.tier !== undefined)?.tier ?? 'Standard',
      model: entries.findLast((each) => each.model !== null)?.model ?? null,
      unknownCost: entries.filter((each) => each.picoUsd === null).length,
    };
  });
}

/** The session of an attempt, as the ledger names it. */
export const nameOf = (attempt: number): string => `attempt-${attempt}`;

const sumOf = (entries: readonly UsageEntry[], of: 'inputTokens' | 'outputTokens' | 'picoUsd'): bigint =>
  entries.reduce((total, each) => total + storedInteger(each[of] ?? '0'), 0n);
