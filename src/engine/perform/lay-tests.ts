import type { TreeId } from '../../domain/ids.ts';
import { CURRENT_RULES } from '../../proof/rules/current.ts';
import { created, type Context } from '../context.ts';
import { contractTree } from './examine.ts';

/** The tests of a head on what was made from it, by the rules that protect those of the base. */
export async function layTests(
  { session, vault }: Pick<Context, 'session' | 'vault'>,
  start: TreeId,
  candidate: TreeId,
): Promise<void> {
  const { state } = session;
  const base = created(state).repository.tree;
  const { plan, tree } = await contractTree(vault, start, candidate, state, [], state.policy?.gates ?? [], base);
  await session.append({
    type: 'tests.laid',
    data: { start, candidate, tree, edits: plan.edits, changes: plan.changes, rules: CURRENT_RULES },
  });
}
