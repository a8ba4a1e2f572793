import { posix } from 'node:path';
import type { RepoPath } from '../../../domain/ids.ts';
import { allProjects } from '../../../ecosystems/projects.ts';

/** What says that a folder is a project. */
const MANIFESTS = allProjects(({ manifests }) => manifests);
/** Folders beside what people work on. */
const ASIDE = new RegExp(
  String.raw`(?:^|\/)(?:[._][^/]*|examples?|samples?|demos?|docs?|website|fixtures?|tests?|__tests__|testdata|specs?|` +
    String.raw`bench(?:es|marks?)?|vendor|third[_-]party|external|node_modules|templates?|scripts?|tools?|contrib|ci)(?:\/|$)`,
  'i',
);
const DEEPEST = 2;
const MOST = 12;

/**
 * The folders of the projects of a tree that is none itself: `backend` and `frontend`, or those below `apps`. Only the
 * shallowest; none where the root has a manifest, which then speaks for all of the tree.
 */
export function projectFolders(paths: readonly RepoPath[]): readonly RepoPath[] {
  const folders = new Set(
    paths.flatMap((path) => (MANIFESTS.some((name) => name.test(posix.basename(path))) ? [posix.dirname(path)] : [])),
  );
  if (folders.has('.')) return [];
  const depthOf = (folder: RepoPath): number => folder.split('/').length;
  const near = [...folders].filter((folder) => depthOf(folder) <= DEEPEST && !ASIDE.test(folder));
  const depth = Math.min(...near.map(depthOf));
  return near
    .filter((folder) => depthOf(folder) === depth)
    .sort()
    .slice(0, MOST);
}
