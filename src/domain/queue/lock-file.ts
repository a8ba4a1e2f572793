import { isDependencyManifest } from '../contract/manifest.ts';
import type { RepoPath } from '../ids.ts';

/** Lock files that a package manager makes again from the manifests. Where they lie deeper, omk installs nothing from them. */
const LOCK_FILES: ReadonlySet<RepoPath> = new Set([
  'package-lock.json',
  'npm-shrinkwrap.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'bun.lock',
  'bun.lockb',
  'Cargo.lock',
  'poetry.lock',
  'uv.lock',
  'composer.lock',
  'Gemfile.lock',
]);

export const isLockFile = (path: RepoPath): boolean => LOCK_FILES.has(path);

/** Says what a project needs, and was written by hand. */
export const isWrittenManifest = (path: RepoPath): boolean =>
  isDependencyManifest(path) && !/lock|shrinkwrap/i.test(path.slice(path.lastIndexOf('/') + 1));
