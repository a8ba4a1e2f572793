import type { ManifestReader } from '../../../world/gates/layers/plan.ts';
import type { GitBlobId, RepoPath } from '../../../domain/ids.ts';

/** A build of Gradle has one of these in its root. */
const ROOT = /^(?:build|settings)\.gradle(?:\.kts)?$/;

/** Scripts are programs, which may be split and named as one likes. */
const DECIDES = new RegExp(
  String.raw`\.gradle(?:\.kts)?$|(?:^|\/)(?:buildSrc|build-logic)\/|(?:^|\/)gradle\.properties$|(?:^|` +
    String.raw`\/)gradle\/(?:wrapper\/gradle-wrapper\.properties|verification-[^/]+|` +
    String.raw`[^/]+\.versions\.toml)$|\.lockfile$`,
);

/** The files among these that name dependencies and are a candidate's own; all others that decide are the base's in every gate. */
const NAMES = /(?:^|\/)gradle\/[^/]+\.versions\.toml$|\.lockfile$/;

export const isGradleBuild = ({ entries }: Pick<ManifestReader, 'entries'>): boolean =>
  entries.some(({ path }) => ROOT.test(path));

export const decidingFiles = ({
  entries,
}: Pick<ManifestReader, 'entries'>): readonly { readonly path: RepoPath; readonly id: GitBlobId }[] =>
  entries.filter(({ path }) => DECIDES.test(path)).map(({ path, id }) => ({ path, id }));

/** The first file by which a candidate asks for other dependencies than its base; null when there is none. */
export function asksForOthers(files: ManifestReader): string | null {
  const named = (entries: ManifestReader['entries']): ReadonlyMap<string, string> =>
    new Map(entries.filter(({ path }) => NAMES.test(path)).map(({ path, id }) => [path, id]));
  const own = named(files.entries);
  const theirs = named(files.base.entries);
  return (
    [...new Set([...own.keys(), ...theirs.keys()])].sort().find((path) => own.get(path) !== theirs.get(path)) ?? null
  );
}
