import { allProjects } from '../../ecosystems/projects.ts';
import { isDependencyManifest, isLockName } from '../contract/manifest.ts';
import type { RepoPath } from '../ids.ts';

const LOCK_FILES: ReadonlySet<string> = new Set(allProjects(({ lockFiles }) => lockFiles));

export const isLockFile = (path: RepoPath): boolean =>
  LOCK_FILES.has(path.slice(path.lastIndexOf('/') + 1)) && !/(?:^|\/)(?:node_modules|vendor)\//.test(path);

/** Whether a lock file is for one of these manifests: it lies beside it, or above. */
export const isLockOf = (lock: RepoPath, manifests: readonly RepoPath[]): boolean =>
  manifests.some((path) => path.startsWith(lock.slice(0, lock.lastIndexOf('/') + 1)));

/** Says what a project needs, and was written by hand. */
export const isWrittenManifest = (path: RepoPath): boolean => isDependencyManifest(path) && !isLockName(path);

const NOT_REMADE = new Map(allProjects(({ notRemade }) => Object.entries(notRemade ?? {})));

/** Why a lock file is not made again where no package manager does it. */
export const whyNotRemade = (lock: RepoPath): string =>
  NOT_REMADE.get(lock.slice(lock.lastIndexOf('/') + 1)) ??
  'no package manager that omk knows makes it for what is beside it';
