import { posix } from 'node:path';
import type { RepoPath } from '../../../domain/ids.ts';
import { matchesFolder } from '../../../domain/text/folder-glob.ts';
import { ownCrates } from '../cargo/lock.ts';
import type { TreeFiles } from '../../../world/gates/tree-files.ts';
import { asTable, crateOf, strings, tableIn, tablesIn, type Crate, type Table } from './crate.ts';

export interface CargoPackages {
  /** Sorted by folder. */
  readonly packages: readonly Crate[];
  /** Names of those that stand in the place of crates from elsewhere, which anything may use without a word. */
  readonly shared: readonly string[];
}

/**
 * The packages of the cargo workspace in the root. Null when they cannot be told: a manifest that does not parse, or a crate of
 * the repository in `Cargo.lock` that is none of them.
 */
export async function cargoPackages(files: TreeFiles): Promise<CargoPackages | null> {
  const root = tableIn(await files.text('Cargo.toml'));
  const workspace = root === null ? null : asTable(root['workspace']);
  if (root === null || workspace === null) return null;
  const patterns = strings(workspace['members']).map((each) => posix.normalize(each));
  if (patterns.some((each) => /[?[\]]/.test(each))) return null;
  const folders = (await files.list()).flatMap(({ path }) =>
    /(^|\/)Cargo\.toml$/.test(path) ? [posix.dirname(path)] : [],
  );
  const crates = new Map<RepoPath, Crate>();
  for (const folder of folders) {
    const manifest = tableIn(await files.text(posix.join(folder, 'Cargo.toml')));
    const crate = manifest === null ? null : crateOf(folder, manifest, asTable(workspace['dependencies']) ?? {});
    if (crate !== null) crates.set(folder, crate);
  }
  const isExcluded = (folder: RepoPath): boolean =>
    strings(workspace['exclude']).some(
      (each) => folder === posix.normalize(each) || folder.startsWith(`${posix.normalize(each)}/`),
    );
  const members = new Set(
    [...crates.keys()].filter(
      (folder) => folder === '.' || (patterns.some((each) => matchesFolder(folder, each)) && !isExcluded(folder)),
    ),
  );
  // What a member depends on by its path is a member too; a set grows while it is gone through.
  for (const folder of members)
    for (const path of crates.get(folder)?.paths ?? []) if (crates.has(path) && !isExcluded(path)) members.add(path);
  const packages = [...members].sort().flatMap((folder) => crates.get(folder) ?? []);
  const names = new Set(packages.map(({ name }) => name));
  const locked = (await files.text('Cargo.lock')) ?? '';
  const isWhole = names.size === packages.length && ownCrates(locked).every((name) => names.has(name));
  // `--package` would not know which of the two is meant.
  if (
    !isWhole ||
    [...locked.matchAll(/^name = "([^"]+)"$/gm)].filter(([, name = '']) => names.has(name)).length > packages.length
  )
    return null;
  const patched = patches(root);
  return { packages, shared: packages.flatMap(({ folder, name }) => (patched.has(folder) ? [name] : [])) };
}

/** Folders that `[patch]` and `[replace]` put in the place of crates from elsewhere. */
const patches = (root: Table): ReadonlySet<RepoPath> =>
  new Set(
    [...tablesIn(root['patch']), asTable(root['replace']) ?? {}]
      .flatMap(tablesIn)
      .flatMap(({ path }) => strings([path]).map((each) => posix.normalize(each).replace(/\/+$/, ''))),
  );
