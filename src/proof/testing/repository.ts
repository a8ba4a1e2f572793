import type { GatePolicy } from '../../domain/gates/gate.ts';
import type { CommitId, TreeId } from '../../domain/ids.ts';
import type { GitDoor, ListedEntry } from '../verify/git/door.ts';
import { objectId, treeId } from '../verify/git/tree-id.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

export type Content = Readonly<Record<string, string>>;

/** A git repository in memory, with true ids. Every function of its door may be replaced to lie. */
export interface MemoryRepository extends GitDoor {
  add(content: Content): TreeId;
  commit(id: CommitId, tree: TreeId, parents: readonly CommitId[]): void;
  patch(text: string, from: TreeId, to: TreeId): Uint8Array;
}

export function memoryRepository(policy: GatePolicy): MemoryRepository {
  const blobs = new Map<string, Uint8Array>();
  const trees = new Map<TreeId, readonly ListedEntry[]>();
  const commits = new Map<CommitId, { tree: TreeId; parents: readonly CommitId[] }>();
  const patches = new Map<string, TreeId>();
  return {
    add(content) {
      const entries = Object.entries(content).map(([path, text]) => {
        const id = objectId('blob', bytes(text), 40);
        blobs.set(id, bytes(text));
        return { path, mode: '100644', id };
      });
      const id = treeId(entries, 40);
      trees.set(id, entries);
      return id;
    },
    commit: (id, tree, parents) => void commits.set(id, { tree, parents }),
    patch(text, from, to) {
      patches.set(`${from} ${text}`, to);
      return bytes(text);
    },
    commitTree: async (id) => commits.get(id)?.tree ?? null,
    commitParents: async (id) => commits.get(id)?.parents ?? null,
    listTree: async (id) => trees.get(id) ?? null,
    mentions: async (id, needles) =>
      trees
        .get(id)
        ?.filter((entry) => needles.some((needle) => new TextDecoder().decode(blobs.get(entry.id)).includes(needle)))
        .map(({ path }) => path) ?? null,
    readBlob: async (id) => blobs.get(id) ?? null,
    treeFromPatch: async (base, patch) => patches.get(`${base} ${new TextDecoder().decode(patch)}`) ?? null,
    policyAt: async () => policy,
  };
}
