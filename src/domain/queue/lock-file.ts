import { allProjects } from '../../ecosystems/projects.ts';
import { isDependencyManifest } from '../contract/manifest.ts';
import type { RepoPath } from '../ids.ts';

const LOCK_FILES: ReadonlySet<string> = new Set(allProjects(({ lockFiles }) => lockFiles));

export const isLockFile = (path: RepoPath): boolean =>
  LOCK_FILES.has(path.slice(path.lastIndexOf('/') + 1)) && !/(?:^|\/)(?:node_modules|vendor)\//.test(path);

/** Whether a lock file is for one of these manifests: it lies beside it, or above. */
export const isLockOf = (lock: RepoPath, manifests: readonly RepoPath[]): boolean =>
  manifests.some((path) => path.startsWith(lock.slice(0, lock.lastIndexOf('/') + 1)));

/** Says what a project needs, and was written by hand. */
export const isWrittenManifest = (path: RepoPath): boolean =>
  isDependencyManifest(path) && !/lock|shrinkwrap/i.test(path.slice(path.lastIndexOf('/') + 1));
