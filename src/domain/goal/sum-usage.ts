import { storedInteger } from '../budget/integer.ts';
import { count, EMPTY_LEDGER, wrongEntry } from '../budget/ledger.ts';
import type { GoalId } from '../ids.ts';
import type { LoggedEvent } from './event.ts';

/** What usage can be summed by. */
export const WAYS = ['goal', 'agent', 'model', 'day'] as const;
export type By = (typeof WAYS)[number];

export interface UsageSum {
  /** The goal, agent, model (`unknown` where nobody named it) or day (UTC). */
  readonly group: string;
  readonly input: bigint;
  readonly output: bigint;
  /** Pico-dollars that are known. */
  readonly picoUsd: bigint;
  /** Reports whose cost nobody knows. */
  readonly unknown: number;
}

/** Sums the usage of goals that was told from `fromMs` on (milliseconds since the epoch), each message of a goal once, groups in order of their names. */
export function sumUsage(goals: Iterable<{ readonly goal: GoalId; readonly events: readonly LoggedEvent[] }>, by: By, fromMs: number): readonly UsageSum[] {
  const sums = new Map<string, UsageSum>();
  for (const { goal, events } of goals) {
    const agent = events.find((event) => event.type === 'goal.created')?.data.agent.name ?? 'unknown';
    let ledger = EMPTY_LEDGER;
    for (const event of events) {
      if (event.type !== 'usage.recorded' || wrongEntry(ledger, event.data) !== null) continue;
      const { data, ts } = event;
      ledger = count(ledger, data);
      if (Date.parse(ts) < fromMs) continue;
      const group = { goal, agent, model: data.model ?? 'unknown', day: ts.slice(0, 10) }[by];
      const before = sums.get(group) ?? { group, input: 0n, output: 0n, picoUsd: 0n, unknown: 0 };
      sums.set(group, {
        group,
        input: before.input + storedInteger(data.inputTokens ?? '0'),
        output: before.output + storedInteger(data.outputTokens ?? '0'),
        picoUsd: before.picoUsd + storedInteger(data.picoUsd ?? '0'),
        unknown: before.unknown + (data.picoUsd === null ? 1 : 0),
      });
    }
  }
  return [...sums.values()].toSorted((a, b) => (a.group < b.group ? -1 : 1));
}
