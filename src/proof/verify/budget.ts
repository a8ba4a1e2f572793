import { count, EMPTY_LEDGER } from '../../domain/budget/ledger.ts';
import { storedInteger } from '../../domain/budget/integer.ts';
import type { LoggedEvent } from '../../domain/goal/event.ts';
import { BUDGET } from '../format/names.ts';
import { differences } from './difference.ts';
import { asJson } from './gates.ts';
import type { Judged } from './judged.ts';
import type { Recorder } from './report.ts';

/** What was allowed and used, every checkpoint and the bound are computed again from the log. */
export function checkBudget(facts: Judged, statements: ReadonlyMap<string, unknown>, to: Recorder): void {
  const said = statements.get(BUDGET);
  if (!to.check('E_BUDGET', said !== undefined, 'the budgets have a signed statement')) return;
  const places = differences(asJson(facts.rules.budgetStatement(facts)), said);
  if (to.same(places, () => 'E_BUDGET', 'budget'))
    to.check('E_BUDGET', true, 'budgets, usage and checkpoints are those of the log');
  const ahead = overstated(facts.events);
  to.check(
    'E_BUDGET',
    ahead === null,
    ahead === null
      ? 'no checkpoint says more than was told before it'
      : `line ${ahead}: says more than was told before it`,
  );
}

/** The first event that claims a use which the ledger did not hold yet. Less is possible: what is told meanwhile comes after. */
function overstated(events: readonly LoggedEvent[]): number | null {
  let ledger = EMPTY_LEDGER;
  for (const event of events) {
    if (event.type === 'usage.recorded') ledger = count(ledger, event.data);
    if (event.type !== 'budget.checkpoint' && event.type !== 'budget.exhausted' && event.type !== 'budget.extended')
      continue;
    if (storedInteger(event.data.usedTokens) > ledger.tokens || storedInteger(event.data.usedPicoUsd) > ledger.picoUsd)
      return event.seq;
  }
  return null;
}
