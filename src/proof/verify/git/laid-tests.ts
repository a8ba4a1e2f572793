import { canonical } from '../../../domain/canonical.ts';
import { loadedAt } from '../../../domain/contract/stand-ins.ts';
import { pathsOf, visibleOf } from '../../../domain/held-out/options.ts';
import { laidKey } from '../../../domain/task/laid.ts';
import type { TreeId } from '../../../domain/ids.ts';
import type { Judged } from '../judged.ts';
import { contractOf } from './contract.ts';
import type { GitDoor, ListedEntry } from './door.ts';
import { treeId } from './tree-id.ts';

interface Some extends Pick<Judged, 'events' | 'state' | 'created'> {
  readonly ofContract: Pick<Judged['ofContract'], 'rules' | 'to'>;
}

/** Of each head that work landed on: the tests of it on the tree that was judged next, made again from the objects. */
export async function checkLaidTests(facts: Some, door: GitDoor): Promise<void> {
  const { state, created, ofContract } = facts;
  const { rules, to } = ofContract;
  const base = created.repository.tree;
  const loaded = loadedAt(state.measurements, base);
  for (const { start, candidate } of steps(facts)) {
    const laid = state.laid.get(laidKey({ start, candidate }));
    if (!laid) continue;
    const [before, after] = [await listed(door, start), await listed(door, candidate)];
    const what = `the tests of ${start} on ${candidate}`;
    if (!to.check('E_GIT', before !== null && after !== null, `the trees behind ${what} are in the repository`))
      continue;
    const made =
      before &&
      after &&
      (await contractOf(before, after, door, state.policy?.gates ?? [], rules, pathsOf(visibleOf(state)), loaded));
    to.check('E_RECIPE', made?.tree === laid.tree, `${what} are ${laid.tree}`);
    to.check(
      'E_RECIPE',
      made != null && sorted(made.plan.edits) === sorted(laid.edits),
      `${what} are those that the rules name`,
    );
  }
}

/** Each head and the tree that landed on it: that of the last task of each time that work landed. */
function steps({ events }: Some): readonly { readonly start: TreeId; readonly candidate: TreeId }[] {
  const trees = events.flatMap((event) => (event.type === 'tasks.integrated' ? [event.data.tree] : []));
  return trees.slice(1).map((candidate, index) => ({ start: trees[index] ?? '', candidate }));
}

const sorted = (list: readonly { readonly path: string }[]): string =>
  canonical([...list].sort((one, other) => (one.path < other.path ? -1 : 1)));

async function listed(door: GitDoor, tree: TreeId): Promise<readonly ListedEntry[] | null> {
  const entries = await door.listTree(tree);
  return entries && treeId(entries, tree.length) === tree ? entries : null;
}
