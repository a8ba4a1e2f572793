import type { RepoPath } from '../../../domain/ids.ts';
import type { TreeFiles } from '../tree-files.ts';

/** A gate a detector proposes; everything else has its default. */
export interface Proposal {
  readonly id: string;
  readonly argv: readonly [string, ...string[]];
  readonly kind: 'test' | 'command';
  /** A folder of the tree; the root when left out. */
  readonly cwd?: RepoPath;
  /** Globs of the files its verdict depends on; all when left out. */
  readonly inputs?: readonly string[];
  /** One clause that completes "because …". */
  readonly because: string;
}

/** Looks at a tree and proposes gates. One file each, named in `gates.ts` of its ecosystem. */
export interface Detector {
  readonly name: string;
  /** What in a repository it takes for tests, for people whose repository has no such thing. */
  readonly looksFor: string;
  /** What mends a failing gate that was proposed beside others of this detector, if it may fail for being run apart. */
  readonly whenApart?: string;
  detect(files: TreeFiles): Promise<readonly Proposal[]>;
}
