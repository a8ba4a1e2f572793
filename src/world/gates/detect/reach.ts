import { posix } from 'node:path';
import type { RepoPath } from '../../../domain/ids.ts';
import type { TreeFiles } from '../tree-files.ts';
import type { Package } from './package.ts';

/** What a package's files reach beside what it declares: packages by folder. */
export type Reach = (folder: RepoPath) => ReadonlySet<RepoPath>;

/** What speaks about packages without using them. */
const PROSE = new RegExp(
  String.raw`(^|\/)([^/]*\.(md|mdx|rst|adoc|txt|lock|svg|png|jpg|gif|map|snap)|package-lock\.json|` +
    String.raw`npm-shrinkwrap\.json|pnpm-lock\.yaml|bun\.lockb|LICEN[CS]E|CHANGELOG)$|(^|` +
    String.raw`\/)node_modules\/|^(\.(github|gitlab|changeset|vscode|idea|husky|circleci|git[^/]*)(\/|$)|` +
    String.raw`package\.json$|pnpm-workspace\.yaml$|lerna\.json$|Cargo\.toml$|go\.(mod|work)$)`,
);
const DOCUMENTS = /(^|\/)docs?\//;
/** How code finds the root of a workspace by itself, and then any package. */
const FINDS_ROOT = [
  new RegExp(
    String.raw`--show-toplevel|CARGO_WORKSPACE_DIR|\bcargo_metadata\b|` +
      String.raw`["']cargo["'][\s\S]{0,80}["']metadata["']|["'\x60](?:pnpm-workspace\.yaml|lerna\.json|` +
      String.raw`go\.work)["'\x60]`,
  ),
  /(?:CARGO_MANIFEST_DIR|\bcurrent_dir\(\))(?=[\s\S]*(?:\.parent\(\)|\.pop\(\)|\.ancestors\(\)|["'][/\\]?\.\.["'/\\]))/,
  new RegExp(
    String.raw`maven\.multiModuleProjectDirectory|(?:user\.dir|"basedir"|toAbsolutePath|getAbsoluteFile|` +
      String.raw`Path\.of\(""\)|Paths\.get\(""\))(?=[\s\S]*getParent)|(?:Path\.of|Paths\.get|` +
      String.raw`File)\(\s*"\.\.`,
  ),
  /\b(?:readdir|opendir|glob)\w*\(\s*["'`]\.\.[./*]*["'`]/,
];
/** Of these, a relative path mostly starts from the file; of others it may also start from the folder in which tests run. */
const FROM_FILE = /\.[cm]?[jt]sx?$/;
/** Folders of settings that hold for every package. */
const FOR_ALL = new Set(['.cargo', '.mvn']);
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
      mode !== '160000' && !PROSE.test(path) && !DOCUMENTS.test(posix.relative(ownerOf(path, folders), path)),
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
      words: wordsOf(of === '.' ? usedIn(path, text) : text, mode === '120000' || path.endsWith('package.json')),
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
      for (const start of FROM_FILE.test(each.path)
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

/** Without what lists or builds packages in the root: what TypeScript builds together, what Maven names that is no path. */
function usedIn(path: RepoPath, text: string): string {
  if (path !== 'pom.xml') return text.replace(/"path"\s*:\s*"[^"\n]*"/g, '');
  const values = text.replace(/<modules>[\s\S]*?<\/modules>|<!--[\s\S]*?-->|<[^>]*>/g, ' ');
  return values
    .split(/\s+/)
    .filter((word) => /[/\\]/.test(word) && !word.includes('://'))
    .join('\n');
}

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
