import { systemClock } from '../../../app/time.ts';
import { openPrices } from '../../../app/use/prices.ts';
import { parseDuration } from '../../../domain/budget/duration.ts';
import { contractJson, type ContractValue } from '../../../domain/budget/json.ts';
import { storedInteger } from '../../../domain/budget/integer.ts';
import { dollars6 } from '../../../domain/budget/money.ts';
import { OmkError } from '../../../domain/error.ts';
import type { LoggedEvent } from '../../../domain/goal/event.ts';
import { cleanLine } from '../../../domain/text/clean.ts';
import { withStore } from '../../../app/goal-store.ts';
import type { Output } from '../output/print.ts';
import { knownPart } from '../../../app/live/budget.ts';
import { table } from '../text/table.ts';
import type { GoalId } from '../../../domain/ids.ts';

interface Row {
  readonly input: bigint;
  readonly output: bigint;
  readonly pico: bigint;
  readonly unknown: number;
  readonly unknownTokens: number;
}

const WAYS = ['goal', 'agent', 'model', 'day'] as const;
type By = (typeof WAYS)[number];

const isWay = (by: string): by is By => WAYS.some((way) => way === by);

/** `omk cost`: what the goals of this machine used, as the agents say. */
export function cost(flags: { readonly since: string | null; readonly by: string }, output: Output): Promise<number> {
  const { by } = flags;
  if (!isWay(by))
    throw new OmkError('FLAG_INVALID', `--by must be goal, agent, model or day, not '${by}'`, '--by goal');
  const secs = flags.since === null ? null : parseDuration(flags.since);
  if (flags.since !== null && secs === null)
    throw new OmkError(
      'FLAG_INVALID',
      `--since must be a duration such as 12h or 7d, not '${flags.since}'`,
      '--since 7d',
    );
  const from = secs === null ? 0 : systemClock.now() - Number(secs) * 1000;
  return withStore(async (store) => {
    const rows = new Map<string, Row>();
    for (const { goal } of await store.list())
      addGoal(
        rows,
        goal,
        (await store.read(goal)).map((line) => line.event),
        { by, from },
      );
    print(rows, by, output);
    return 0;
  });
}

function addGoal(
  rows: Map<string, Row>,
  goal: GoalId,
  events: readonly LoggedEvent[],
  { by, from }: { readonly by: By; readonly from: number },
): void {
  const agent = events.find((event) => event.type === 'goal.created')?.data.agent?.name ?? 'unknown';
  const keys = new Set<string>();
  for (const event of events) {
    if (event.type !== 'usage.recorded' || keys.has(event.data.key) || Date.parse(event.ts) < from) continue;
    keys.add(event.data.key);
    const group = { goal, agent, model: event.data.model ?? 'unknown', day: event.ts.slice(0, 10) }[by];
    const before = rows.get(group) ?? { input: 0n, output: 0n, pico: 0n, unknown: 0, unknownTokens: 0 };
    rows.set(group, {
      input: before.input + storedInteger(event.data.inputTokens ?? '0'),
      output: before.output + storedInteger(event.data.outputTokens ?? '0'),
      pico: before.pico + storedInteger(event.data.picoUsd ?? '0'),
      unknown: before.unknown + (event.data.picoUsd === null ? 1 : 0),
      unknownTokens:
        before.unknownTokens + (event.data.inputTokens === null || event.data.outputTokens === null ? 1 : 0),
    });
  }
}

function print(rows: ReadonlyMap<string, Row>, by: By, output: Output): void {
  const prices = openPrices({}).source;
  const sorted = [...rows].toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (output.json) {
    const shapes = sorted.map(([group, row]): ContractValue => ({
      [by]: group,
      input_tokens: row.input,
      output_tokens: row.output,
      estimated_cost_usd: { pico: row.pico },
      unknown_cost_calls: row.unknown,
      unknown_token_calls: row.unknownTokens,
    }));
    output.out(contractJson({ version: 1, by, prices, rows: shapes }));
    return;
  }
  if (sorted.length === 0) {
    output.out('no usage reported yet');
    return;
  }
  const cells = sorted.map(([group, row]) => [
    cleanLine(group, 60),
    knownPart(row.input, row.unknownTokens, String(row.input)),
    knownPart(row.output, row.unknownTokens, String(row.output)),
    knownPart(row.pico, row.unknown, `$${dollars6(row.pico)}`),
    row.unknown === 0 ? '' : `cost of ${row.unknown} report${row.unknown === 1 ? '' : 's'} unknown`,
  ]);
  for (const line of table([by, 'tokens in', 'out', 'cost', ''], cells, { columns: output.columns })) output.out(line);
  output.out(`usage is claimed by the agents; prices: ${prices}`);
}
