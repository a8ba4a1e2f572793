import { posix } from 'node:path';
import type { RepoPath } from '../../../domain/ids.ts';
import type { ReachRules } from '../../../domain/project/project-rules.ts';
import { allProjects, PROJECTS } from '../../../ecosystems/projects.ts';
import type { TreeFiles } from '../tree-files.ts';
import type { Package } from './package.ts';

/** What a package's files reach beside what it declares: packages by folder. */
export type Reach = (folder: RepoPath) => ReadonlySet<RepoPath>;

const RULES: readonly ReachRules[] = Object.values(PROJECTS).flatMap(({ reach }) => reach ?? []);
const LOCK_FILES = new Set(allProjects(({ lockFiles }) => lockFiles));

/** What speaks about packages without using them. */
const PROSE = [
  /(^|\/)([^/]*\.(md|mdx|rst|adoc|txt|lock|svg|png|jpg|gif|map|snap)|LICEN[CS]E|CHANGELOG)$/,
  /^\.(github|gitlab|changeset|vscode|idea|husky|circleci|git[^/]*)(\/|$)/,
  ...RULES.flatMap(({ speaks }) => speaks ?? []),
];
const isProse = (path: RepoPath): boolean =>
  LOCK_FILES.has(posix.basename(path)) || PROSE.some((pattern) => pattern.test(path));
const DOCUMENTS = /(^|\/)docs?\//;
const FINDS_ROOT = [/--show-toplevel/, ...RULES.flatMap(({ findsRoot }) => findsRoot ?? [])];
const FOR_ALL = new Set(RULES.flatMap(({ forAll }) => forAll ?? []));
const startsFromFile = (path: RepoPath): boolean => RULES.some(({ fromFile }) => fromFile?.test(path) === true);
const isQuoted = (path: RepoPath): boolean => RULES.some(({ quoted }) => quoted?.test(path) === true);
/** More is not read for this: then each package depends on everything. */
const MOST_FILES = 20_000;

/**
 * A package reaches another without a word in its manifest: by a relative path, by its name where all are linked into one
 * folder, by a link, by a program, by a setting of the root. Looked for in the text of the files, and rather too often
 * than not: what is reached needlessly only costs a run. Null when there is too much to read.
 */
export async function reachOf(files: TreeFiles, packages: readonly Package[]): Promise<Reach | null> {
  const folders = new Set(packages.map(({ folder }) => folder));
  const listed = (await files.list()).filter(
    ({ path, mode }) =>
      mode !== '160000' && !isProse(path) && !DOCUMENTS.test(posix.relative(ownerOf(path, folders), path)),
  );
  if (listed.length > MOST_FILES) return null;
  const contents = await files.texts(listed.map(({ path }) => path));
  const read = listed.map(({ path, mode }, index) => {
    const of = ownerOf(path, folders);
    const text = contents[index] ?? '';
    return {
      path,
      owner: of,
      isWide: FINDS_ROOT.some((way) => way.test(text)),
      words: wordsOf(of === '.' ? usedIn(path, text) : text, mode === '120000' || isQuoted(path)),
    };
  });
  const named = lookup(packages);
  const reached = new Map(packages.map(({ folder }) => [folder, new Set<RepoPath>()]));
  const shared = new Set<RepoPath>();
  /** First folders of what packages reach that is in none. */
  const common = new Set<string>();
  for (const each of read) {
    const own = reached.get(each.owner);
    if (!own) continue;
    if (each.isWide) for (const { folder } of packages) own.add(folder);
    for (const word of each.words) {
      for (const { folder } of named(word)) own.add(folder);
      for (const start of startsFromFile(each.path)
        ? [posix.dirname(each.path)]
        : new Set([posix.dirname(each.path), each.owner])) {
        const target = climb(start, word.text);
        if (target === null || isIn(target, each.owner)) continue;
        common.add(target.split('/')[0] ?? '');
        for (const { folder } of packages) if (isIn(folder, target) || isIn(target, folder)) own.add(folder);
      }
    }
  }
  for (const { path, owner: of, words } of read) {
    const [first = '', ...below] = path.split('/');
    if (of !== '.' || (below.length > 0 && !common.has(first) && !FOR_ALL.has(first))) continue;
    for (const word of words)
      for (const { folder, name } of named(word))
        if (word.text.includes(folder) || (name !== '' && word.text.includes(name))) shared.add(folder);
  }
  return (folder) => new Set([...(reached.get(folder) ?? []), ...shared]);
}

interface Word {
  readonly text: string;
  readonly quoted: boolean;
}

const usedIn = (path: RepoPath, text: string): string =>
  RULES.reduce((left, { used }) => used?.(path, left) ?? left, text);

/** Parts of a path that are given one by one are one path. */
function wordsOf(text: string, allQuoted: boolean): readonly Word[] {
  const plain = text.replace(/['"`]\s*,\s*['"`]/g, '/');
  return [...new Set(plain.match(/['"`]?[^\s'"`(),;=<>{}[\]|&]+['"`]?/g))].map((word) => ({
    text: word.replace(/^['"`]|['"`]$/g, ''),
    quoted: allQuoted || /^['"`]|['"`]$/.test(word),
  }));
}

/** Packages that a word may mean: a part of a path, or the whole of what stands in quotes. */
function lookup(packages: readonly Package[]): (word: Word) => readonly Package[] {
  const known = new Map<string, Package[]>();
  for (const each of packages) {
    for (const name of new Set([lastOf(each.folder), lastOf(each.name), ...each.commands]))
      if (name !== '') known.set(name, [...(known.get(name) ?? []), each]);
  }
  return ({ text, quoted }) =>
    quoted || text.includes('/')
      ? text.split(/[/:\\#]/).flatMap((part) => known.get(part) ?? known.get(part.replace(/(?<=.)@.*$/, '')) ?? [])
      : [];
}

const lastOf = (path: RepoPath): string => path.slice(path.lastIndexOf('/') + 1);

/** Where a relative path leads to, as far as it is known; null when it does not go up. */
function climb(folder: RepoPath, word: string): string | null {
  const start = word.search(/(?<![^/:])\.\.(?:\/|$)/);
  if (start < 0) return null;
  const [plain = ''] = word.slice(start).split(/[*?$]/);
  const target = posix.join(folder, plain).replace(/\/+$/, '');
  return target === '' || target.startsWith('..') ? '.' : target;
}

const isIn = (path: RepoPath, folder: string): boolean =>
  folder === '.' || path === folder || path.startsWith(`${folder}/`);

/** The folder of the package that a file belongs to: the deepest above it, the root where there is none. */
export function ownerOf(path: RepoPath, folders: ReadonlySet<RepoPath>): RepoPath {
  for (let at = posix.dirname(path); at !== '.'; at = posix.dirname(at)) if (folders.has(at)) return at;
  return '.';
}
