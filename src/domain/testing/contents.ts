import type { TreeId } from '../ids.ts';
import { plainMerge, type MergedTrees, type MergeOf } from '../goal/merge.ts';
import { BASE, tree } from './build.ts';
import type { Tape } from './tape.ts';

/** Files of a tree by path. */
export type Content = Readonly<Record<string, string>>;

export const MANIFEST = 'package.json';
export const LOCK = 'package-lock.json';

/** A manifest is the names of what it needs; its lock file says which manifest it is for. */
const lockFor = (manifest: string): string => `lock of ${manifest}`;
const lockedFor = (manifest: string): Content => ({ [MANIFEST]: manifest, [LOCK]: lockFor(manifest) });

/** The files with one more thing that the manifest needs, locked. */
export const needing = (start: Content, name: string): Content => lockedFor(join(start[MANIFEST] ?? '', name));

export const isLocked = (content: Content): boolean =>
  content[MANIFEST] === undefined || content[LOCK] === lockFor(content[MANIFEST]);

const join = (...manifests: readonly string[]): string =>
  [...new Set(manifests.flatMap((each) => each.split(' ')))]
    .filter((name) => name !== '')
    .toSorted()
    .join(' ');

/** The trees of a simulated vault. */
export class Contents {
  readonly #trees = new Map<TreeId, Content>([[BASE, { base: 'good' }]]);

  of(id: TreeId): Content {
    return this.#trees.get(id) ?? {};
  }

  keep(content: Content): TreeId {
    const id = treeOf(content);
    this.#trees.set(id, content);
    return id;
  }

  /** As git merges, with manifests that both sides changed joined, and their lock file made again, which fails now and then. */
  merge(of: MergeOf, tape: Tape): MergedTrees {
    const plain = plainMerge(of);
    if (plain) return plain;
    const [base, ours, theirs] = [this.of(of.base), this.of(of.onto), this.of(of.candidate)];
    const paths = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])];
    const open = paths.filter(
      (path) => ours[path] !== theirs[path] && ours[path] !== base[path] && theirs[path] !== base[path],
    );
    const isJoined = open.includes(MANIFEST);
    const joined = isJoined ? lockedFor(join(ours[MANIFEST] ?? '', theirs[MANIFEST] ?? '')) : {};
    const changed = Object.fromEntries(Object.entries(theirs).filter(([path, text]) => base[path] !== text));
    // Who settles a conflict keeps both sides of a manifest.
    const marked = this.keep({ ...ours, ...changed, ...joined, marks: open.join(' ') });
    if (open.some((path) => path !== MANIFEST && path !== LOCK)) return { kind: 'conflict', paths: open, marked };
    if (isJoined && tape.yes(4))
      return { kind: 'conflict', paths: open, marked, why: `${LOCK} cannot be made again: no network` };
    const merged = this.keep({ ...ours, ...changed, ...joined });
    return { kind: 'clean', tree: merged, ...(isJoined ? { remade: [LOCK] } : {}) };
  }
}

/** The same content is the same tree. */
function treeOf(content: Content): TreeId {
  const text = JSON.stringify(Object.entries(content).sort(([one], [other]) => (one < other ? -1 : 1)));
  if (text === '[["base","good"]]') return BASE;
  let [a, b] = [0x811c9dc5, 0x1234567];
  for (const char of text) {
    a = Math.imul(a ^ char.charCodeAt(0), 0x01000193) >>> 0;
    b = Math.imul(b ^ char.charCodeAt(0), 0x85ebca6b) >>> 0;
  }
  return tree(`${a.toString(16)}${b.toString(16)}`);
}
