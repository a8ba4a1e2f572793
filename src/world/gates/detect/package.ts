import type { RepoPath } from '../../../domain/ids.ts';

/** One of several packages in a tree. */
export interface Package {
  /** `.` for the root. */
  readonly folder: RepoPath;
  readonly name: string;
  /** Names of what it depends on, as it declares them. */
  readonly uses: readonly string[];
  /** Programs that it gives others. */
  readonly commands: readonly string[];
}
