import { limitsOf } from '../budget/figures.ts';
import { storedInteger } from '../budget/integer.ts';
import { checked, overshoot, worst, type Overshoot } from '../budget/overshoot.ts';
import type { Amounts } from '../budget/reserve.ts';
import { agentsAllowed } from '../task/agents-allowed.ts';
import { hasManyTasks, type GoalState } from '../goal/state.ts';

/** The most one report can be, as the user says. */
function declaredReport({ created }: GoalState): Amounts {
  const { tokens = null, picoUsd = null } = created?.options.largestReport ?? {};
  return {
    tokens: tokens === null ? null : storedInteger(tokens),
    picoUsd: picoUsd === null ? null : storedInteger(picoUsd),
  };
}

/** The worst an attempt is expected to spend before the next look: as much as the largest report so far, or as was declared. */
export function reservation(state: GoalState): Amounts {
  const { largest, dearest } = state.budget.ledger;
  const larger = ({ call, turn }: typeof largest): bigint => (call > turn ? call : turn);
  const declared = declaredReport(state);
  return { tokens: worst(larger(largest), declared.tokens), picoUsd: worst(larger(dearest), declared.picoUsd) };
}

/** What a new attempt has to find left: as much as the largest report so far. A declared bound may be passed, and is not needed. */
export function needed({ budget: { ledger } }: GoalState): Amounts {
  const { largest, dearest } = ledger;
  const larger = ({ call, turn }: typeof largest): bigint => (call > turn ? call : turn);
  return { tokens: larger(largest), picoUsd: larger(dearest) };
}

/** How far past its limits a goal can get, with as many attempts as may run at once. */
export function overshootOf(state: GoalState): Overshoot {
  const { ledger, stored } = state.budget;
  const attempts = hasManyTasks(state) ? agentsAllowed(state) : 1;
  const bounds = overshoot(ledger, { preset: state.created?.agent?.preset ?? null }, declaredReport(state), attempts);
  const result = limitsOf(stored);
  return result.kind === 'invalid'
    ? bounds
    : checked(bounds, result.limits, { secs: 0n, tokens: ledger.tokens, picoUsd: ledger.picoUsd });
}
