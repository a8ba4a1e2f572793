import type { PathChange } from '../git/snapshot.ts';
import type { RepoPath } from '../ids.ts';
import { classify } from './classify.ts';
import { parse } from './json-manifest.ts';

interface Text {
  readonly path: RepoPath;
  readonly text: string;
}

/** A package of a workspace of JavaScript: the name that others import it by, and its folder. */
export interface OwnPackage {
  readonly name: string;
  readonly folder: RepoPath;
}

const SCRIPT = /\.[cm]?[jt]sx?$/;

/** The manifests, below the root, of the packages that changed code of JavaScript lies in. */
export const manifestsAbove = (
  changes: readonly PathChange[],
  has: (path: RepoPath) => boolean,
): readonly RepoPath[] => [
  ...new Set(
    changes.flatMap(({ path, change }) =>
      SCRIPT.test(path) && change !== 'added' ? (manifestAbove(path, has) ?? []) : [],
    ),
  ),
];

function manifestAbove(path: RepoPath, has: (path: RepoPath) => boolean): RepoPath | null {
  const folders = path.split('/').slice(0, -1);
  const depth = folders.findLastIndex((_, index) => has(`${folders.slice(0, index + 1).join('/')}/package.json`));
  return depth < 0 ? null : `${folders.slice(0, depth + 1).join('/')}/package.json`;
}

/** The package that a file belongs to, by the texts of such manifests. */
export function packageOf(path: RepoPath, manifests: ReadonlyMap<RepoPath, string>): OwnPackage | null {
  const manifest = SCRIPT.test(path) ? manifestAbove(path, (each) => manifests.has(each)) : null;
  const name = manifest === null ? null : parse(manifests.get(manifest) ?? '')?.['name'];
  return manifest !== null && typeof name === 'string' && name !== ''
    ? { name, folder: manifest.slice(0, -'/package.json'.length) }
    : null;
}

/** Whether no manifest needs the package for more than development, and tests that use it so are all that imports it. */
export function isPackageForTests(
  { name, folder }: OwnPackage,
  naming: readonly Text[],
  isUsedBy: (test: string) => boolean,
): boolean {
  const others = naming.filter(({ path }) => !path.startsWith(`${folder}/`));
  if (others.some(({ path, text }) => path.endsWith('package.json') && shipsWith(name, text))) return false;
  const imports = new RegExp(`['"\`]${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?:/[^'"\`\\n]*)?['"\`]`);
  const by = others.filter(({ path, text }) => SCRIPT.test(path) && imports.test(text));
  return by.length > 0 && by.every(({ path, text }) => classify(path) === 'test' && isUsedBy(text));
}

const SHIPPED = ['dependencies', 'peerDependencies', 'optionalDependencies'];

/** What cannot be read may say so. */
function shipsWith(name: string, manifest: string): boolean {
  const members = parse(manifest);
  return members === null || SHIPPED.some((section) => Object.hasOwn(Object(members[section]), name));
}
