import type { Claim } from './claim.ts';

/** What rules decide; a run is what a machine saw. */
const DECIDED: ReadonlySet<Claim['about']> = new Set(['tree', 'verdict', 'status']);

/** Nobody is called a liar for what other rules make of the same runs. `theirs` null: from before rule sets had names. */
export function byRules(claims: readonly Claim[], theirs: string | null, ours: string): readonly Claim[] {
  const isSeen = claims.some(({ about, state }) => state === 'diverged' && !DECIDED.has(about));
  if (theirs === ours || isSeen) return claims;
  const judged = theirs ?? 'rules from before rule sets had names';
  return claims.map((claim) =>
    claim.state === 'diverged'
      ? {
          ...claim,
          state: 'not_reproducible',
          why: `judged by ${judged}, and this omk judges by ${ours}: ${claim.why ?? ''}`,
        }
      : claim,
  );
}
