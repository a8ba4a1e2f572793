import type { Claim } from '../../domain/rerun/claim.ts';
import { everyAttempt } from '../../domain/goal/state.ts';
import { statedGates } from '../../proof/statement/gate.ts';
import type { Facts } from '../../proof/statement/facts.ts';

/** What a proof says and no run can show again. */
export function signedClaims(facts: Facts, asked: string | null): readonly Claim[] {
  const { state, created } = facts;
  const turns = everyAttempt(state).reduce((sum, { turns: { length } }) => sum + length, 0);
  const others = statedGates(facts).filter(({ id }) => asked !== null && id !== asked);
  return [
    ...others.map(({ id }): Claim => ({
      about: 'verdict',
      gate: id,
      state: 'signed',
      text: 'verdict',
      why: 'not asked for',
    })),
    ...(facts.head === null
      ? []
      : [{ about: 'result', gate: null, state: 'signed', text: `result commit ${facts.head.slice(0, 12)}` } as const]),
    {
      about: 'turns',
      gate: null,
      state: 'signed',
      text: created.given
        ? 'turns: none, as the change was given'
        : `turns: ${turns} of ${created.agent?.name ?? 'no agent'}, with what they were asked and used`,
    },
    ...state.questions.flatMap(({ question, answer }): readonly Claim[] =>
      answer
        ? [{ about: 'answers', gate: null, state: 'signed', text: `answer to ${question.code}: ${answer.kind}` }]
        : [],
    ),
  ];
}
