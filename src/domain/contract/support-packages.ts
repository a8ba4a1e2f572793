import type { PathChange } from '../git/snapshot.ts';
import type { RepoPath } from '../ids.ts';
import { classify } from './classify.ts';
import type { OwnPackageRules, Text } from './language-rules.ts';
import { languageOf } from './languages.ts';

/** A package of a workspace: the name that others import it by, and its folder. */
export interface OwnPackage {
  readonly name: string;
  readonly folder: RepoPath;
  readonly rules: OwnPackageRules;
}

/** The manifests, below the root, of the packages that changed code lies in. */
export const manifestsAbove = (
  changes: readonly PathChange[],
  has: (path: RepoPath) => boolean,
): readonly RepoPath[] => [
  ...new Set(
    changes.flatMap(({ path, change }) => (change === 'added' ? [] : (folderAbove(path, has)?.manifest ?? []))),
  ),
];

/** The nearest folder below the root with a manifest of the language. */
function folderAbove(
  path: RepoPath,
  has: (path: RepoPath) => boolean,
): { readonly folder: RepoPath; readonly manifest: RepoPath; readonly rules: OwnPackageRules } | null {
  const rules = languageOf(path)?.packages;
  if (!rules) return null;
  const names = path.split('/').slice(0, -1);
  const folders = names.map((_, index) => names.slice(0, index + 1).join('/'));
  const folder = folders.findLast((each) => has(`${each}/${rules.manifest}`));
  return folder === undefined ? null : { folder, manifest: `${folder}/${rules.manifest}`, rules };
}

/** The package that a file belongs to, by the texts of such manifests. */
export function packageOf(path: RepoPath, manifests: ReadonlyMap<RepoPath, string>): OwnPackage | null {
  const found = folderAbove(path, (each) => manifests.has(each));
  const name = found?.rules.nameIn(manifests.get(found.manifest) ?? '') ?? '';
  return found === null || name === '' ? null : { name, folder: found.folder, rules: found.rules };
}

/** Whether no manifest needs the package for more than development, and tests that use it so are all that imports it. */
export function isPackageForTests(
  { name, folder, rules }: OwnPackage,
  naming: readonly Text[],
  isUsedBy: (test: string) => boolean,
): boolean {
  const others = naming.filter(({ path }) => !path.startsWith(`${folder}/`));
  if (others.some(({ path, text }) => path.endsWith(rules.manifest) && rules.shipsWith(name, text))) return false;
  const imports = rules.imports(name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const by = others.filter(({ path, text }) => languageOf(path)?.packages === rules && imports.test(text));
  return by.length > 0 && by.every(({ path, text }) => classify(path) === 'test' && isUsedBy(text));
}
