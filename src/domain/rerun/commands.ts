import { captureGaps, unfitCaptures } from '../commands/captures.ts';
import { assessTiming, unfitTimings } from '../commands/timings.ts';
import type { GoalState } from '../goal/state.ts';
import type { TreeId } from '../ids.ts';
import type { Criterion } from '../plan/plan.ts';
import type { Claim } from './claim.ts';

/**
 * What a proof says of commands, held against what base and candidate did here. Output is compared between the two trees of this
 * machine and never with that of the maker; a time that is not shown here is no lie.
 */
export const commandClaims = (here: GoalState, candidate: TreeId): readonly Claim[] =>
  (here.plan?.criteria ?? []).flatMap((criterion) => {
    const claim = claimOf(here, candidate, criterion);
    return claim === null ? [] : [{ about: 'command', gate: null, ...claim } as const];
  });

type Told = Pick<Claim, 'state' | 'text' | 'why'>;

function claimOf(here: GoalState, candidate: TreeId, criterion: Criterion): Told | null {
  if (criterion.kind === 'captures') {
    const text = `criterion ${criterion.id}: commands do the same as on the base`;
    const unfit = unfitCaptures(here);
    if (unfit.length > 0) return { text, state: 'not_reproducible', why: unfit.join('; ') };
    const [gap] = captureGaps(here, criterion);
    if (gap === undefined) return { text, state: 'reproduced' };
    return { text, state: gap.code === 'G_CAPTURE' ? 'diverged' : 'not_reproducible', why: gap.text };
  }
  if (criterion.kind !== 'timing') return null;
  const text = `criterion ${criterion.id}: its time`;
  const unfit = unfitTimings(here);
  if (unfit.length > 0) return { text, state: 'not_reproducible', why: unfit.join('; ') };
  const verdict = assessTiming(here, criterion.place, candidate);
  if (verdict.kind === 'shown') return { text: `${text}: ${verdict.text}`, state: 'reproduced' };
  const why = verdict.kind === 'needs' ? 'it was not measured' : verdict.text;
  const isWrong = verdict.kind === 'not_shown' && verdict.isOutput === true;
  return { text, state: isWrong ? 'diverged' : 'not_reproducible', why };
}
