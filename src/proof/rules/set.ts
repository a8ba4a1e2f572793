import { contractOf } from '../../domain/contract/contract.ts';
import { upcast } from '../../domain/log/upcast.ts';
import { budgetStatement } from '../statement/budget.ts';
import { factsOf } from '../statement/facts.ts';
import { gateStatement, runsOf, statedGates } from '../statement/gate.ts';
import { terminalStatement } from '../statement/terminal.ts';
import { turnsStatement } from '../statement/turns.ts';

/**
 * All that judges: what the lines of a log mean, what it shows, what a change does to the tests of its base, and what is signed. A
 * frozen set is this module with everything it imports, bundled (docs/adr/0046).
 */
export const RULES = {
  upcast,
  factsOf,
  contractOf,
  statedGates,
  runsOf,
  gateStatement,
  turnsStatement,
  budgetStatement,
  terminalStatement,
};

export type RuleSet = typeof RULES;
