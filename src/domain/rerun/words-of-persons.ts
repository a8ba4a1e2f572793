import type { GoalState } from '../goal/state.ts';
import type { Claim } from './claim.ts';

const WHY = 'it rests on the yes of a person, and no key says whose: --key <file> names those you trust';

/** A proof is not ready by a yes that anybody could have signed: where no key was named, what rests on one is not reproduced. */
export function withoutTheirWord(claims: readonly Claim[], { created, questions }: GoalState): readonly Claim[] {
  const answers = questions.flatMap(({ question, answer }) =>
    answer?.kind === 'accept' || answer?.kind === 'known_red' ? [`yes to ${question.code}`] : [],
  );
  const red = created?.options.knownRed ?? [];
  const words = [...answers, ...(red.length > 0 ? [`may stay red: ${red.join(', ')}`] : [])];
  if (words.length === 0) return claims;
  const those = claims.map((claim): Claim =>
    claim.about === 'status' && claim.state === 'reproduced'
      ? { ...claim, state: 'not_reproducible', why: WHY }
      : claim,
  );
  return [
    ...those,
    ...words.map((text): Claim => ({ about: 'answers', gate: null, state: 'not_reproducible', text, why: WHY })),
  ];
}
