import { parseDuration } from '../../../domain/budget/duration.ts';
import { contractJson, type ContractValue } from '../../../domain/budget/json.ts';
import { dollars6 } from '../../../domain/budget/money.ts';
import { OmkError } from '../../../domain/error.ts';
import { sumUsage, WAYS, type By, type UsageSum } from '../../../domain/goal/sum-usage.ts';
import { cleanLine } from '../../../domain/text/clean.ts';
import { systemClock } from '../../../world/clock/system.ts';
import { openPrices } from '../../../world/prices/open.ts';
import { withStore } from '../goal-store.ts';
import type { Output } from '../output/print.ts';
import { table } from '../text/table.ts';

const isWay = (by: string): by is By => WAYS.some((way) => way === by);

/** `omk cost`: what the goals of this machine used, as the agents say. */
export function cost(flags: { readonly since: string | null; readonly by: string }, output: Output): Promise<number> {
  const { by } = flags;
  if (!isWay(by)) throw new OmkError('FLAG_INVALID', `--by must be goal, agent, model or day, not '${by}'`, '--by goal');
  const secs = flags.since === null ? null : parseDuration(flags.since);
  if (flags.since !== null && secs === null) throw new OmkError('FLAG_INVALID', `--since must be a duration such as 12h or 7d, not '${flags.since}'`, '--since 7d');
  const from = secs === null ? 0 : systemClock.now() - Number(secs) * 1000;
  return withStore(async (store) => {
    const goals = [];
    for (const { goal } of await store.list()) goals.push({ goal, events: (await store.read(goal)).map((line) => line.event) });
    print(sumUsage(goals, by, from), by, output);
    return 0;
  });
}

function print(sums: readonly UsageSum[], by: By, output: Output): void {
  const prices = openPrices({}).source;
  if (output.json) {
    const rows = sums.map((sum): ContractValue => ({ [by]: sum.group, input_tokens: sum.input, output_tokens: sum.output, estimated_cost_usd: { pico: sum.picoUsd }, unknown_cost_calls: sum.unknown }));
    output.out(contractJson({ version: 1, by, prices, rows }));
    return;
  }
  const cells = sums.map((sum) => [cleanLine(sum.group, 60), String(sum.input), String(sum.output), `$${dollars6(sum.picoUsd)}`, sum.unknown === 0 ? '' : `and ${sum.unknown} of unknown cost`]);
  for (const line of table([by, 'tokens in', 'out', 'cost', ''], cells, { columns: output.columns })) output.out(line);
  output.out(`usage is claimed by the agents; prices: ${prices}`);
}
