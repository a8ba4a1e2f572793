import type { Checkpoint, Extended } from '../../../../domain/budget/moment.ts';
import { dollars6 } from '../../../../domain/budget/money.ts';
import type { UsageEntry } from '../../../../domain/budget/usage-entry.ts';
import { cleanLine } from '../../../../domain/text/clean.ts';
import { turn, type Lines } from './words.ts';

/** What agents used of the budgets. */
export const BUDGET_LINES: Lines<'usage.recorded' | 'budget.checkpoint' | 'budget.exhausted' | 'budget.extended'> = {
  'usage.recorded': (data) => `${turn(data)}: ${usage(data)}`,
  'budget.checkpoint': (data) => `budget at ${data.label.replaceAll('_', ' ')}: ${counts(data)}`,
  'budget.exhausted': ({ refused, action, source }) =>
    `budget: ${refused ? cleanLine(refused.reason) : `no ${source === 'cost' ? 'dollars' : source} left`}, before \`${action}\``,
  'budget.extended': ({ added }) => `budget: extended by ${parts(added)}`,
};

const usage = ({ inputTokens, outputTokens }: UsageEntry): string =>
  inputTokens === null && outputTokens === null
    ? 'the agent does not say how many tokens it used'
    : `${inputTokens ?? 'unknown'} tokens in, ${outputTokens ?? 'unknown'} out (claimed)`;

/** What is known of it: a 0 may stand for what no agent told. */
const counts = ({ elapsedSecs, usedTokens, usedPicoUsd }: Checkpoint): string =>
  [
    `${elapsedSecs}s`,
    ...(usedTokens === '0' ? [] : [`${usedTokens} tokens`]),
    ...(usedPicoUsd === '0' ? [] : [`$${dollars6(BigInt(usedPicoUsd))}`]),
  ].join(', ');

const parts = ({ time, tokens, picoUsd }: Extended['added']): string =>
  [time, tokens === null ? null : `${tokens} tokens`, picoUsd === null ? null : `$${dollars6(BigInt(picoUsd))}`]
    .filter((each) => each !== null)
    .map((each) => cleanLine(each))
    .join(', ');
