import { heldOutOf } from '../../domain/held-out/options.ts';
import type { WrongFile } from '../../domain/evidence/held-out.ts';
import type { Claim } from '../../domain/rerun/claim.ts';
import { heldOutFile } from '../../proof/format/names.ts';
import type { LaidFile } from '../../world/git/port.ts';
import type { Source } from './source.ts';

/** The tree that held-out checks must fail on, made again from what was revealed; null where there is nothing to make. */
export async function makeOracle({ facts, files, vault, pin }: Source): Promise<Claim | null> {
  const committed = heldOutOf(facts.state);
  if (!committed) return null;
  const claim = {
    about: 'tree',
    gate: null,
    text: `what held-out checks must fail on ${committed.oracle.slice(0, 12)}`,
  } as const;
  const { revealed } = facts.state;
  if (!revealed) return { ...claim, state: 'not_reproducible', why: 'the held-out checks are not revealed' };
  const laid = revealed.wrong.flatMap(({ path, mode, blob }: WrongFile): readonly LaidFile[] => {
    const content = files.get(heldOutFile(blob?.sha256 ?? ''));
    return content && mode !== '120000' ? [{ path, mode, content }] : [];
  });
  const gone = revealed.wrong
    .filter(({ blob }) => blob === null)
    .map(({ path }) => ({ path, action: 'remove' }) as const);
  if (laid.length + gone.length < revealed.wrong.length)
    return {
      ...claim,
      state: 'not_reproducible',
      why: 'a file of the wrong solution is not in the bundle, or is a link',
    };
  const without = gone.length === 0 ? pin.tree : await vault.overlay(pin.tree, pin.tree, gone, new Map());
  const tree = laid.length === 0 ? without : await vault.lay(without, laid);
  return tree === committed.oracle
    ? { ...claim, state: 'reproduced' }
    : { ...claim, state: 'diverged', why: `made here it is ${tree}` };
}
