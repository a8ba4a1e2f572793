import type { CostSession } from '../budget/contract.ts';
import { storedInteger } from '../budget/integer.ts';
import type { LoggedEvent } from './event.ts';

/** What each attempt cost, from the log. Looking at a budget is no session, and a retry is one of its own. */
export function costSessions(events: readonly LoggedEvent[]): readonly CostSession[] {
  return events.flatMap((started) => {
    if (started.type !== 'attempt.started') return [];
    const { attempt } = started.data;
    const entries = events.flatMap((event) => (event.type === 'usage.recorded' && event.data.attempt === attempt ? [event.data] : []));
    const turnMs = events.reduce((sum, event) => (event.type === 'turn.ended' && event.data.attempt === attempt ? sum + event.data.durationMs : sum), 0);
    const ended = events.find((event) => event.type === 'attempt.ended' && event.data.attempt === attempt);
    const sum = (of: 'inputTokens' | 'outputTokens' | 'picoUsd', from = entries): bigint => from.reduce((total, each) => total + storedInteger(each[of] ?? '0'), 0n);
    const told = entries.filter((each) => each.priced === 'agent');
    return [
      {
        sessionType: 'attempt',
        name: `attempt-${attempt}`,
        startedAt: started.ts,
        endedAt: ended?.ts ?? null,
        inputTokens: sum('inputTokens'),
        outputTokens: sum('outputTokens'),
        durationSecs: BigInt(Math.floor(turnMs / 1000)),
        picoUsd: sum('picoUsd'),
        actualPicoUsd: told.length > 0 ? sum('picoUsd', told) : null,
        tier: entries.find((each) => each.model !== null)?.model ?? 'unknown',
      },
    ];
  });
}
