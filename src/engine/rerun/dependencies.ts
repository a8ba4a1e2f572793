import type { Claim } from '../../domain/rerun/claim.ts';
import type { Facts } from '../../proof/statement/facts.ts';
import type { Supplies } from '../../world/git/port.ts';
import type { Judging } from '../context.ts';

/** What is installed for the base, here and as recorded. Another layer is no divergence: whether it matters, the runs show. */
export async function dependencyClaim(
  { world, vault, session }: Judging,
  supplies: Supplies,
  { state }: Facts,
): Promise<Claim> {
  const recorded = state.dependencies?.layer ?? null;
  const claim = {
    about: 'dependencies',
    gate: null,
    text: recorded === null ? 'dependencies: none installed' : `dependencies: layer ${recorded.slice(0, 12)}`,
  } as const;
  const base = session.state.created?.repository.tree ?? '';
  const here = await world.gates.layer(vault, base, base, supplies);
  if (here.kind === 'failed') return { ...claim, state: 'not_reproducible', why: here.detail };
  const digest = here.kind === 'layer' ? here.layer.digest : null;
  if (digest === recorded) return { ...claim, state: 'reproduced' };
  if (here.kind === 'none')
    return { ...claim, state: 'not_reproducible', why: `nothing could be installed here: ${here.why}` };
  return { ...claim, state: 'signed', why: `built here it is another layer, ${here.layer.digest.slice(0, 12)}` };
}
