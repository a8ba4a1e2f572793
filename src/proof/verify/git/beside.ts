import { placedOn, type Beside, type IdAt } from '../../../domain/gates/beside-tree.ts';
import type { RepoPath, TreeId } from '../../../domain/ids.ts';
import type { Facts } from '../../statement/facts.ts';
import type { Recorder } from '../report.ts';
import { readChecked } from './contract.ts';
import type { GitDoor, ListedEntry } from './door.ts';

const idsIn = (entries: readonly ListedEntry[]): IdAt => {
  const ids = new Map(entries.map(({ path, id }) => [path, id]));
  return (path) => ids.get(path);
};

/**
 * What runs say that their checkouts had beside the tree is what the base names, and of a candidate only what it
 * left as the base has it.
 */
export async function checkBeside(
  facts: Facts,
  trees: ReadonlyMap<TreeId, readonly ListedEntry[]>,
  door: GitDoor,
  to: Recorder,
): Promise<void> {
  const { commit, tree } = facts.created.repository;
  const entries = trees.get(tree);
  if (!entries) return;
  const base = idsIn(entries);
  const told = facts.state.dependencies?.beside;
  if (told) await checkNamed(told, base, door, to);
  for (const { gate, tree: judged, beside, cached } of facts.state.measurements) {
    if (!beside) continue;
    if (beside.git !== undefined && beside.git !== commit)
      to.check('E_GATE_TREE', false, `a run of gate ${gate} had a .git of another commit than the base`);
    // Evidence of an earlier run is of the tree that it ran on.
    const listed = cached ? undefined : trees.get(judged);
    if (!listed) continue;
    const wanted = told ? placedOn(told, base, idsIn(listed)).length : 0;
    if ((beside.paths ?? 0) !== wanted)
      to.check('E_GATE_TREE', false, `a run of gate ${gate} had other files beside its tree than the base names`);
  }
}

/** Submodules by the commit, objects of Git LFS by the sha256, as the base says. */
async function checkNamed({ submodules, lfs }: Beside, base: IdAt, door: GitDoor, to: Recorder): Promise<void> {
  const inner = (path: RepoPath): boolean => submodules.some((each) => path.startsWith(`${each.path}/`));
  const wrong = submodules.filter(({ path, id }) => !inner(path) && base(path) !== id);
  for (const { path, oid } of lfs) {
    const id = base(path);
    const pointer = id === undefined ? null : await readChecked(door, id);
    if (!pointer || !new TextDecoder().decode(pointer).includes(`\noid sha256:${oid}\n`))
      to.check('E_GATE_TREE', false, `${path} is no pointer to the object that gates saw`);
  }
  to.check(
    'E_GATE_TREE',
    wrong.length === 0,
    wrong.length === 0
      ? 'submodules and objects are those that the base names'
      : `submodule ${wrong[0]?.path ?? ''} is at another commit in the base`,
  );
}
