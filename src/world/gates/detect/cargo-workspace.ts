import { posix } from 'node:path';
import { parse } from 'smol-toml';
import type { RepoPath } from '../../../domain/ids.ts';
import { matchesFolder } from '../../../domain/text/folder-glob.ts';
import { ownCrates } from '../layers/cargo/lock.ts';
import type { TreeFiles } from '../tree-files.ts';
import type { Package } from './packages.ts';

type Table = Readonly<Record<string, unknown>>;

interface Crate extends Package {
  /** Folders of other crates that it names by their path. */
  readonly paths: readonly RepoPath[];
}

/**
 * The packages of the cargo workspace in the root, sorted by folder. Null when they cannot be told: a manifest that does not
 * parse, or a crate of the repository in `Cargo.lock` that is none of them.
 */
export async function cargoPackages(files: TreeFiles): Promise<readonly Package[] | null> {
  const root = tableIn(await files.text('Cargo.toml'));
  const workspace = root === null ? null : asTable(root['workspace']);
  if (root === null || workspace === null) return null;
  const folders = (await files.list()).flatMap(({ path }) => (/(^|\/)Cargo\.toml$/.test(path) ? [posix.dirname(path)] : []));
  const crates = new Map<RepoPath, Crate>();
  for (const folder of folders) {
    const manifest = tableIn(await files.text(posix.join(folder, 'Cargo.toml')));
    const crate = manifest === null ? null : crateOf(folder, manifest, asTable(workspace['dependencies']) ?? {});
    if (crate !== null) crates.set(folder, crate);
  }
  const isExcluded = (folder: RepoPath): boolean => strings(workspace['exclude']).some((each) => folder === posix.normalize(each) || folder.startsWith(`${posix.normalize(each)}/`));
  const members = new Set([...crates.keys()].filter((folder) => folder === '.' || (strings(workspace['members']).some((each) => matchesFolder(folder, posix.normalize(each))) && !isExcluded(folder))));
  // What a member depends on by its path is a member too; a set grows while it is gone through.
  for (const folder of members) for (const path of crates.get(folder)?.paths ?? []) if (crates.has(path) && !isExcluded(path)) members.add(path);
  const found = [...members].sort().flatMap((folder) => crates.get(folder) ?? []);
  const names = new Set(found.map(({ name }) => name));
  const isWhole = names.size === found.length && ownCrates((await files.text('Cargo.lock')) ?? '').every((name) => names.has(name));
  return isWhole ? found : null;
}

interface Dependency {
  readonly key: string;
  readonly table: Table;
  /** Where its path starts. */
  readonly from: RepoPath;
}

function crateOf(folder: RepoPath, manifest: Table, shared: Table): Crate | null {
  const name = asTable(manifest['package'])?.['name'];
  if (typeof name !== 'string') return null;
  const tables = [manifest, ...tablesIn(manifest['target'])];
  const used = tables.flatMap((table) => ['dependencies', 'dev-dependencies', 'build-dependencies'].flatMap((kind) => Object.entries(asTable(table[kind]) ?? {})));
  const details = used.flatMap(([key, given]): readonly Dependency[] => {
    const own = asTable(given) ?? {};
    return [
      { key, table: own, from: folder },
      { key, table: own['workspace'] === true ? (asTable(shared[key]) ?? {}) : {}, from: '.' },
    ];
  });
  const bins = Array.isArray(manifest['bin']) ? manifest['bin'].flatMap((each) => asTable(each)?.['name'] ?? []) : [];
  return {
    folder,
    name,
    uses: details.flatMap(({ key, table }) => [key, ...strings([table['package']])]),
    commands: [name, ...strings(bins)],
    paths: details.flatMap(({ table, from }) => strings([table['path']]).map((path) => posix.join(from, path).replace(/\/+$/, ''))),
  };
}

function tableIn(text: string | null): Table | null {
  try {
    return text === null ? null : asTable(parse(text));
  } catch {
    return null;
  }
}

const asTable = (value: unknown): Table | null => (typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null);

const tablesIn = (value: unknown): readonly Table[] =>
  Object.values(asTable(value) ?? {}).flatMap((each): readonly Table[] => {
    const table = asTable(each);
    return table === null ? [] : [table];
  });

const strings = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []);
