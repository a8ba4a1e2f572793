import { OmkError } from '../../domain/error.ts';
import type { CommitId, TreeId } from '../../domain/ids.ts';
import type { GitDoor } from '../../proof/verify/git/door.ts';
import { openObjects } from '../../world/git/objects/open.ts';
import type { GitObjects, TreeEntry } from '../../world/git/port.ts';
import type { Gates, TreeReader } from '../../world/gates/port.ts';

/** Git as the verifier needs it: the named repository first, then the vault of this omk where there is one. Writes nothing. */
export async function openVerifyDoor(
  repository: string,
  vault: string | null,
  gates: Pick<Gates, 'resolve'>,
): Promise<GitDoor> {
  const places: GitObjects[] = [await openObjects(repository)];
  if (vault !== null) places.push(await openObjects(vault).catch(absent(places[0])));
  const first = <T>(look: (place: GitObjects) => Promise<T>): Promise<T | null> => firstFound(places, look);
  const commits = new Map<TreeId, CommitId>();
  // A tree never changes; its policy is made of many looks at it.
  const listings = new Map<TreeId, Promise<readonly TreeEntry[] | null>>();
  const listTree = (tree: TreeId): Promise<readonly TreeEntry[] | null> => {
    const known = listings.get(tree) ?? first((place) => place.listTree(tree));
    listings.set(tree, known);
    return known;
  };
  const reader: TreeReader = {
    listTree: async (tree) => (await listTree(tree)) ?? [],
    readFile: async (tree, path) => {
      const entry = (await reader.listTree(tree)).find((each) => each.path === path && each.mode !== '160000');
      const content = entry ? await first((place) => place.readBlob(entry.id)) : null;
      return entry && content ? { id: entry.id, content } : null;
    },
    readTexts: async (tree, paths) => (await first((place) => place.readTexts(tree, paths))) ?? [],
  };
  return {
    commitTree: async (commit) => {
      const tree = await first((place) => place.commitTree(commit));
      if (tree !== null) commits.set(tree, commit);
      return tree;
    },
    commitParents: (commit) => first((place) => place.commitParents(commit)),
    listTree,
    mentions: async (tree, needles) =>
      (await first((place) => place.mentions(tree, needles)))?.map(({ path }) => path) ?? null,
    readBlob: (id) => first((place) => place.readBlob(id)),
    treeFromPatch: async (tree, patch) => {
      const base = commits.get(tree);
      return base === undefined ? null : first((place) => place.treeFromPatch(base, patch));
    },
    policyAt: (tree) => gates.resolve(reader, tree),
  };
}

async function firstFound<T>(
  places: readonly GitObjects[],
  look: (place: GitObjects) => Promise<T>,
): Promise<T | null> {
  for (const place of places) {
    const found = await look(place).catch(missing);
    if (found !== null) return found;
  }
  return null;
}

function missing(error: unknown): null {
  if (error instanceof OmkError) return null;
  throw error;
}

const absent =
  (instead: GitObjects | undefined) =>
  (error: unknown): GitObjects => {
    if (error instanceof OmkError && instead) return instead;
    throw error;
  };
