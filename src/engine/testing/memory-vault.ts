import { hash } from 'node:crypto';
import type { CommitId, TreeId } from '../../domain/ids.ts';
import type { PathChange } from '../../domain/git/snapshot.ts';
import { BASE, snapshotOf } from '../../domain/testing/build.ts';
import type { ChainedMerge, Vault } from '../../world/git/port.ts';

export type Files = Readonly<Record<string, string>>;

interface MadeCommit {
  readonly tree: TreeId;
  readonly parent: CommitId;
  readonly message: string;
  readonly ref: string;
  readonly at: number;
}

/** A vault whose objects are in memory. Trees are made from files; a worktree is a tree with files that a test puts there. */
export interface MemoryVault extends Vault {
  treeWith(files: Files): TreeId;
  filesOf(tree: TreeId): Files;
  /** What is in a worktree now. */
  readonly worktrees: Map<string, Files>;
  readonly refs: Map<string, CommitId>;
  readonly commits: Map<CommitId, MadeCommit>;
}

const refuse = (): never => {
  throw new TypeError('a test asked for what this vault does not do');
};

/** `base`: the files of the tree that tests call `BASE`. */
export function memoryVault(base: Files = {}): MemoryVault {
  const trees = new Map<TreeId, Files>([[BASE, base]]);
  const commits = new Map<CommitId, MadeCommit>();
  const refs = new Map<string, CommitId>();
  const worktrees = new Map<string, Files>();
  const textOf = (files: Files): string =>
    JSON.stringify(Object.entries(files).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const treeWith = (files: Files): TreeId => {
    const same = [...trees].find(([, each]) => textOf(each) === textOf(files));
    const id = same?.[0] ?? hash('sha1', textOf(files));
    trees.set(id, files);
    return id;
  };
  const filesOf = (tree: TreeId): Files => trees.get(tree) ?? refuse();
  const without = (files: Files, path: string): Files =>
    Object.fromEntries(Object.entries(files).filter(([name]) => name !== path));
  const diff = (from: TreeId, to: TreeId): readonly PathChange[] => {
    const [before, after] = [filesOf(from), filesOf(to)];
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted().flatMap((path) => {
      const [old, now] = [before[path], after[path]];
      if (old === now) return [];
      const mode = (text: string | undefined): string => (text === undefined ? '000000' : '100644');
      const change = old === undefined ? 'added' : 'modified';
      return [{ path, change: now === undefined ? 'deleted' : change, oldMode: mode(old), newMode: mode(now) }];
    });
  };
  /** File by file: what both changed to something else conflicts. */
  const merge = (onto: TreeId, from: TreeId, to: TreeId): ChainedMerge => {
    let files = filesOf(onto);
    const conflicts: string[] = [];
    for (const { path } of diff(from, to)) {
      const theirs = filesOf(to)[path];
      if (files[path] !== filesOf(from)[path] && files[path] !== theirs) {
        conflicts.push(path);
        continue;
      }
      files = theirs === undefined ? without(files, path) : { ...files, [path]: theirs };
    }
    if (conflicts.length === 0) return { kind: 'clean', tree: treeWith(files) };
    const marked = { ...files };
    for (const path of conflicts)
      marked[path] = `<<<<<<< a\n${files[path] ?? ''}=======\n${filesOf(to)[path] ?? ''}>>>>>>> b\n`;
    return { kind: 'conflict', paths: conflicts, marked: treeWith(marked) };
  };
  return {
    dir: '/state/vaults/r.git',
    root: '/r',
    treeWith,
    filesOf,
    worktrees,
    refs,
    commits,
    treeOf: async (commit) => commits.get(commit)?.tree ?? BASE,
    createWorktree: async (dir, commit) => {
      worktrees.set(dir, filesOf(commits.get(commit)?.tree ?? BASE));
      return { dir };
    },
    snapshot: async ({ worktree, ref, layers }) => {
      const files = Object.entries(worktrees.get(worktree) ?? refuse());
      const tree = treeWith(
        Object.fromEntries(files.filter(([path]) => !layers.some((each) => path.startsWith(each)))),
      );
      const commit = hash('sha1', `${ref} ${tree}`);
      commits.set(commit, { tree, parent: '', message: '', ref, at: 0 });
      refs.set(ref, commit);
      return snapshotOf(tree, { ref });
    },
    listTree: async (tree) =>
      Object.entries(filesOf(tree)).map(([path, text]) => ({ path, mode: '100644', id: hash('sha1', text) })),
    readFile: async (tree, path) => {
      const text = filesOf(tree)[path];
      return text === undefined ? null : { id: hash('sha1', text), content: Buffer.from(text) };
    },
    async *readFiles(tree, paths) {
      for (const path of paths) {
        const text = filesOf(tree)[path];
        if (text !== undefined) yield { path, mode: '100644', id: hash('sha1', text), content: Buffer.from(text) };
      }
    },
    readTexts: async (tree, paths) => paths.map((path) => filesOf(tree)[path] ?? ''),
    mentions: async (tree, needles) =>
      Object.entries(filesOf(tree)).flatMap(([path, text]) =>
        needles.some((needle) => text.includes(needle)) ? [{ path, text }] : [],
      ),
    diff: async (from, to) => diff(from, to),
    patch: async (from, to) => Buffer.from(JSON.stringify(diff(from, to))),
    overlay: async (from, candidate, edits, merged) => {
      let files = filesOf(candidate);
      for (const { path, action } of edits) {
        const text = action === 'merge' ? merged.get(path) : filesOf(from)[path];
        files = action === 'remove' || text === undefined ? without(files, path) : { ...files, [path]: text };
      }
      return treeWith(files);
    },
    lay: async (tree, files) =>
      treeWith({
        ...filesOf(tree),
        ...Object.fromEntries(files.map(({ path, content }) => [path, Buffer.from(content).toString()])),
      }),
    mergeChain: async (onto, changes) => {
      let head = onto;
      return changes.map((change) => {
        const merged = merge(head, change.base, change.candidate);
        if (merged.kind === 'clean') head = merged.tree;
        return merged;
      });
    },
    commit: async (request) => {
      const { author: _author, ...made } = request;
      const id = hash('sha1', JSON.stringify(made));
      commits.set(id, made);
      refs.set(request.ref, id);
      return id;
    },
    listRefs: async (folder) => [...refs.keys()].filter((ref) => ref.startsWith(folder)),
    deleteRefs: async (gone) => {
      for (const ref of gone) refs.delete(ref);
    },
    tip: async (ref) => refs.get(ref) ?? null,
    removeWorktree: async (dir) => void worktrees.delete(dir),
    looseBytes: async () => 0,
    compact: async () => undefined,
    fetchBase: async () => undefined,
    moveRoot: refuse,
    checkout: refuse,
    moveCheckout: refuse,
    stamps: refuse,
    compare: refuse,
    ignored: async () => new Set(),
    patched: refuse,
    commitFiles: refuse,
  };
}
