import type { TreeId } from '../../../domain/ids.ts';
import { readObjects } from '../objects/read.ts';
import type { RawTree } from '../objects/tree.ts';
import { remember } from '../objects/remember.ts';
import type { RawPath } from '../../../domain/git/path-bytes.ts';
import type { VaultPlace } from '../vault/place.ts';
import type { Rules } from './ignored.ts';
import { readRules } from './ignored.ts';

/** What every snapshot against one base needs of it. */
interface Base {
  readonly tree: RawTree;
  readonly rules: readonly Rules[];
  /** Where the base's links point. */
  readonly links: ReadonlyMap<RawPath, RawPath>;
}

export interface Bases {
  get(tree: TreeId): Promise<Base>;
}

const KEPT = 4;

async function read({ call, trees }: VaultPlace, id: TreeId): Promise<Base> {
  const tree = await trees.get(id);
  const links = [...tree].filter(([, { mode }]) => mode === '120000');
  const [rules, targets] = await Promise.all([
    readRules(call, tree),
    readObjects(
      call,
      links.map(([, entry]) => entry.id),
    ),
  ]);
  return {
    tree,
    rules,
    links: new Map(links.map(([path], index) => [path, targets[index]?.content.toString('latin1') ?? ''])),
  };
}

/** A tree never changes, so each base is read once. */
export const openBases = (place: VaultPlace): Bases => remember(KEPT, (id) => read(place, id));
