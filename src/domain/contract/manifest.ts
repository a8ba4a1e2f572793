import { allOf } from '../../ecosystems/rules.ts';
import type { RepoPath } from '../ids.ts';
import type { ManifestRule } from './ecosystem-rules.ts';
import type { ManifestContract } from './manifest-contract.ts';
import { namesRunner } from './runner-packages.ts';

const MANIFESTS = allOf(({ manifests }) => manifests);

/** Null for what is no manifest: a file that says what a project needs, in part its own to change. */
export const manifestRule = (path: RepoPath): ManifestRule | null =>
  MANIFESTS.find(({ files }) => files.test(path)) ?? null;

/** Named as lock files are. */
export const isLockName = (path: RepoPath): boolean => /lock|shrinkwrap/i.test(path.slice(path.lastIndexOf('/') + 1));

export const isDependencyManifest = (path: RepoPath): boolean => manifestRule(path) !== null;

const MIXED = allOf(({ mixed }) => (mixed ? [mixed] : []));

/** Text of both sides; a base of null is a file that the candidate adds. */
export function manifestContract(
  path: RepoPath,
  base: string | null,
  candidate: string,
  isGone: (path: RepoPath) => boolean = () => false,
): ManifestContract {
  const rule = MIXED.find(({ files }) => files.test(path)) ?? manifestRule(path);
  if (!rule) return { kind: 'restore' };
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const kept = base === null ? null : (rule.keeps?.(base, candidate, (each) => isGone(folder + each)) ?? null);
  const relation = rule.contract(base, kept ?? candidate, namesRunner);
  return relation.kind === 'same' && kept !== null ? { kind: 'merged', text: kept } : relation;
}
