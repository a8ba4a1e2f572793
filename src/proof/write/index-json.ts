import { labelLines } from '../../domain/contract/labels/describe.ts';
import { contractJson } from '../../domain/budget/json.ts';
import { utf8 } from '../format/bytes.ts';
import type { Signer } from '../key/open.ts';
import type { Facts } from '../statement/facts.ts';
import { gateStatement, statedGates } from '../statement/gate.ts';
import { verifiedLevels } from '../statement/levels.ts';
import { budgetSection } from './budget.ts';
import { DOES_NOT_SAY } from '../statement/terminal.ts';

/** What the bundle holds, for people and pages. Unsigned; nothing is verified from it. */
export function indexJson(
  facts: Facts,
  signer: Signer,
  omkVersion: string,
  files: readonly string[],
  missing: readonly string[],
): Uint8Array {
  const { created, status, gaps, candidate, head, endedAt } = facts;
  const index = {
    note: 'An index for people. It is not signed and proves nothing: run omk verify.',
    goal: created.goal,
    title: created.title,
    status,
    endedAt,
    omk: omkVersion,
    base: { commit: created.repository.commit, tree: created.repository.tree },
    result: { commit: head, tree: candidate },
    ...(created.origin ? { origin: created.origin } : {}),
    signedBy: signer.keyid,
    verifiedLevels: verifiedLevels(facts),
    gates: statedGates(facts).map((gate) => ({ id: gate.id, required: gate.required, result: resultOf(facts, gate) })),
    blockingGaps: gaps.filter((gap) => gap.kind === 'blocking'),
    knownGaps: gaps.filter((gap) => gap.kind === 'known'),
    changedTests: facts.examined?.tests ? labelLines(facts.examined.tests, 50) : [],
    doesNotSay: DOES_NOT_SAY,
    files: [...files].sort(),
    missing,
  };
  return utf8(
    `${JSON.stringify(index, null, 2).slice(0, -2)},\n  "budget": ${contractJson(budgetSection(facts), 2, 1)}\n}\n`,
  );
}

const resultOf = (facts: Facts, gate: Parameters<typeof gateStatement>[1]): unknown => {
  const { predicate } = gateStatement(facts, gate);
  return 'result' in predicate ? predicate.result : null;
};
