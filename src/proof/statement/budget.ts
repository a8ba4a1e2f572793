import type { Bound } from '../../domain/budget/overshoot.ts';
import { overshootOf } from '../../domain/decide/reservation.ts';
import type { Facts } from './facts.ts';
import { statement, type Statement } from './statement.ts';
import { judged } from './subject.ts';

const BUDGET = 'https://omk.dev/budget/v1';

/**
 * What was allowed and what was used, with every checkpoint, and how far a limit can be passed. Usage is what the agent says of
 * itself: the log holds each claim. Counts are decimal text and money is pico-dollars, as signed text holds no fractions.
 */
export function budgetStatement(facts: Facts): Statement {
  const { agent, options } = facts.created;
  const { stored, ledger, checkpoints, recordedSecs } = facts.state.budget;
  const { attempts, seconds, tokens, picoUsd } = overshootOf(facts.state);
  return statement(BUDGET, judged(facts), {
    agent: agent ? { name: agent.name, preset: agent.preset } : null,
    budget: stored,
    taskShare: options.taskShare ?? null,
    largestReport: options.largestReport ?? null,
    claimed: {
      tokens: String(ledger.tokens),
      picoUsd: String(ledger.picoUsd),
      reports: ledger.told.size,
      unknownTokens: ledger.unknownTokens,
      unknownCost: ledger.unknownCost,
    },
    elapsedSecs: String(recordedSecs),
    overshoot: { attempts, stoppedWithinSecs: String(seconds), tokens: bound(tokens), picoUsd: bound(picoUsd) },
    checkpoints,
  });
}

/** Without the reason, which a later version may word better. */
const bound = ({ per, most }: Bound): object => ({ per, atMost: most === null ? 'unbounded' : String(most) });
