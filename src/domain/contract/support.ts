import type { PathChange } from '../git/snapshot.ts';
import type { RepoPath } from '../ids.ts';
import { classify } from './classify.ts';
import { holdsTestsInside, languageOf, mayHelpTests, standsForFolder } from './languages.ts';
import type { Text } from './language-rules.ts';
import { isDependencyManifest, isLockName } from './manifest.ts';
import { checkingOf, checksOf } from './support-checks.ts';
import { isPackageForTests, packageOf, type OwnPackage } from './support-packages.ts';

/** What speaks about a file without using it. */
const PROSE = /(^|\/)(\.[^/]*|docs?\/.*|[^/]*\.(md|rst|adoc|lock))$/;
const isProse = (path: RepoPath): boolean => PROSE.test(path) || (isDependencyManifest(path) && isLockName(path));
/** What people read: a test that looks into it tests it. */
const READ_BY_PEOPLE =
  /(^|\/)((readme|licen[cs]e|copying|notice|authors|contributing|change(s|log)|history|news)(\.[^/]*)?|docs?\/.*)$/i;
/** Folders of all code, which say nothing about what lies far below. */
const TOP = /^(src|lib|app|packages|source|sources)$/i;
/** What others than code read where it stands in the root: browsers, hosts and tools, and Node where no manifest says more. */
const PUBLISHED = new RegExp(
  String.raw`^(index\.(html?|[cm]?[jt]s)|404\.html|action\.ya?ml|manifest\.(json|webmanifest)|` +
    String.raw`openapi\.(json|ya?ml)|robots\.txt|Makefile|(Dockerfile|Containerfile|docker-compose|` +
    String.raw`compose)[^/]*)$`,
  'i',
);

/** The name that a module is loaded by: of its folder, where it stands for that. */
const stemOf = (path: RepoPath): string => {
  if (languageOf(path)?.isByFolder) return folderOf(path);
  const stem = nameOf(path).replace(/\.[^.]+$/, '');
  return standsForFolder(stem) && folderOf(path) !== '' ? folderOf(path) : stem;
};
const nameOf = (path: RepoPath): string => path.slice(path.lastIndexOf('/') + 1);
const folderOf = (path: RepoPath): string => path.split('/').at(-2) ?? '';
const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A changed file of a base that may be of its tests although it lies elsewhere, with what to look for in the base. */
export interface MayBeSupport {
  readonly path: RepoPath;
  readonly own: OwnPackage | null;
  readonly needles: readonly string[];
}

/** All such files; `manifests` are those of `manifestsAbove`, with their texts. */
export const mayBeSupport = (
  changes: readonly PathChange[],
  manifests: ReadonlyMap<RepoPath, string> = new Map(),
): readonly MayBeSupport[] =>
  changes
    .filter(
      ({ path, change, newMode }) =>
        change !== 'added' &&
        !PUBLISHED.test(path) &&
        !READ_BY_PEOPLE.test(path) &&
        (classify(path, newMode) === 'source' || holdsTestsInside(path)),
    )
    .map(({ path }) => ({ path, own: packageOf(path, manifests) }))
    .map(({ path, own }) => ({ path, own, needles: [...needlesFor(path), ...(own ? [own.name] : [])] }))
    .filter(({ needles }) => needles.length > 0);

/** What to look for in the base for files that may name this one; empty where nothing could tell. */
export function needlesFor(path: RepoPath): readonly string[] {
  // In the root, a package that is named by its folder has a name that nobody knows.
  if (mayHelpTests(path)) {
    const checks = checksOf(path);
    const stem = stemOf(path) || nameOf(path);
    const constant = languageOf(path)?.constantOf?.(stem);
    const usual = [stem, ...(constant === undefined ? [] : [constant])];
    return checks ? (checks.needles?.(path) ?? usual) : [];
  }
  return [nameOf(path), ...placesOf(path).flatMap((folder) => ['/', "'", '"', '`'].map((end) => `${folder}${end}`))];
}

/**
 * Whether a file outside of the folders of tests is a part of the tests all the same: its text is a helper that checks, or data, and
 * among the files of the base that name it are tests and nothing else. Then it is laid over like a test (trust rule T6).
 */
export function supportsTests(
  { path, text, own = null }: Text & { readonly own?: OwnPackage | null },
  naming: readonly Text[],
): boolean {
  if (checksOf(path)?.isForTests?.({ path, text }, naming) === true) return true;
  const checking = mayHelpTests(path) ? checkingOf(path, text, escape(stemOf(path))) : null;
  if (own && checking && isPackageForTests(own, naming, checking.isUsedBy)) return true;
  const names = mayHelpTests(path) ? checking && ((other: string) => checking.named.test(other)) : namesData(path);
  if (names === null) return false;
  const by = naming.filter(
    (each) => each.path !== path && !isBeside(path, each.path) && !isProse(each.path) && names(each.text),
  );
  if (!mayHelpTests(path) && naming.some((other) => isFoundFromAbove(path, other))) return false;
  return (
    by.length > 0 &&
    by.every((each) => classify(each.path) === 'test' && (checking === null || checking.isUsedBy(each.text)))
  );
}

/** Where a folder is a package, its files do not name it to use each other. */
const isBeside = (path: RepoPath, other: RepoPath): boolean =>
  languageOf(path)?.isByFolder === true &&
  languageOf(path) === languageOf(other) &&
  path.slice(0, -nameOf(path).length) === other.slice(0, -nameOf(other).length);

/** By its name, or by its folder as a place to look into: not where the folder is only on the way to code. */
function namesData(path: RepoPath): (text: string) => boolean {
  const name = nameOf(path);
  const folder = folderOf(path);
  return (other) => other.includes(name) || (folder !== '' && namesPlace(folder, other));
}

/** Code that looks into a folder may look into those below it. */
const isFoundFromAbove = (path: RepoPath, { path: other, text }: Text): boolean =>
  mayHelpTests(other) &&
  classify(other) !== 'test' &&
  !isProse(other) &&
  placesOf(path).some((folder) => namesPlace(folder, text));

/** The folder of data, and those above it that belong to something. */
const placesOf = (path: RepoPath): readonly string[] =>
  path
    .split('/')
    .slice(0, -1)
    .filter((folder, depth, all) => depth === all.length - 1 || !TOP.test(folder));

/** A folder as such, or with what lies in it but for code. */
const namesPlace = (folder: string, text: string): boolean =>
  [...text.matchAll(new RegExp(`(?<![\\w.-])${escape(folder)}(?:['"\`]|/([\\w./-]{0,300}))`, 'g'))].some(
    ([, inside]) => inside === undefined || !inside.split(/[/-]/).some(mayHelpTests),
  );
