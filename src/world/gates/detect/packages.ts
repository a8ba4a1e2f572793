import type { Package } from './package.ts';
import type { RepoPath } from '../../../domain/ids.ts';
import type { TreeFiles } from '../tree-files.ts';
import { reachOf } from './reach.ts';

/** Folders of the packages that one needs, directly or through others, with its own. */
export type Needs = (folder: RepoPath) => ReadonlySet<RepoPath>;

export interface Inputs {
  readonly inputs?: readonly string[];
}

/** Null when nothing can be told, and each may depend on all. `shared`: names that all of them use. */
export async function needsOf(
  files: TreeFiles,
  packages: readonly Package[],
  shared: readonly string[] = [],
): Promise<Needs | null> {
  const below = packages.filter(({ folder }) => folder !== '.');
  const reach = packages.length < 2 ? null : await reachOf(files, below);
  if (reach === null) return null;
  const byName = Map.groupBy(packages, ({ name }) => name);
  const all = packages.map(({ folder }) => folder);
  const next = new Map(
    packages.map(({ folder, uses }) => [
      folder,
      // What lies in the root lies in no folder of its own that could be looked through.
      folder === '.'
        ? all
        : [
            ...[...uses, ...shared].flatMap((name) => (byName.get(name) ?? []).map((each) => each.folder)),
            ...reach(folder),
          ],
    ]),
  );
  return (folder) => {
    const needed = new Set<RepoPath>();
    const visit = (at: RepoPath): void => {
      if (needed.has(at)) return;
      needed.add(at);
      next.get(at)?.forEach(visit);
    };
    visit(folder);
    return needed;
  };
}

/** What a gate depends on that needs these packages: all files but those of the others. */
export function inputsOf(packages: readonly Package[], needed: ReadonlySet<RepoPath>): Inputs {
  const apart = (other: RepoPath): boolean =>
    [...needed].every((each) => each !== other && !each.startsWith(`${other}/`) && !other.startsWith(`${each}/`));
  const unwanted = packages.flatMap(({ folder }) =>
    folder !== '.' && apart(folder) && !/[*?{}!]/.test(folder) ? [`!${folder}`] : [],
  );
  return unwanted.length === 0 ? {} : { inputs: unwanted };
}

/** Packages that one gate builds and tests together. */
export interface Together extends Inputs {
  readonly first: Package;
  readonly others: readonly Package[];
}

/** Above this, building each apart takes longer than what is saved. */
const MOST_APART = 24;

export interface Tool {
  /** Names that all packages use. */
  readonly shared?: readonly string[];
  /** It runs the tests of what a package needs with those of the package: apart, they would be run and counted twice. */
  readonly testsWhatItNeeds?: boolean;
}

/**
 * A gate for each package with tests. One without any is built by the gate of a package that uses it, or else of the one that
 * needs most of what it needs, because a gate that runs no test shows nothing. Null where all are better one gate.
 */
export async function apartWhere<P extends Package>(
  files: TreeFiles,
  packages: readonly P[],
  hasTests: (at: P) => boolean,
  { shared = [], testsWhatItNeeds = false }: Tool = {},
): Promise<readonly Together[] | null> {
  const tested = packages.filter(hasTests);
  if (tested.length < 2 || packages.length > MOST_APART) return null;
  const needs = await needsOf(files, packages, shared);
  if (needs === null) return null;
  const needed = new Map(packages.map(({ folder }) => [folder, needs(folder)]));
  const needsTested = ({ folder }: P): boolean =>
    tested.some((other) => other.folder !== folder && needed.get(folder)?.has(other.folder));
  if (testsWhatItNeeds && tested.some(needsTested)) return null;
  const others = Map.groupBy(
    packages.filter((each) => !tested.includes(each)),
    ({ folder }) => closest(folder, tested, needed),
  );
  return tested.map((first) => {
    const more = others.get(first) ?? [];
    const all = new Set([first, ...more].flatMap(({ folder }) => [...(needed.get(folder) ?? [])]));
    return { first, others: more, ...inputsOf(packages, all) };
  });
}

/** The one that uses it and needs least beside, or else the one that shares most with it. */
function closest<P extends Package>(
  folder: RepoPath,
  tested: readonly P[],
  needed: ReadonlyMap<RepoPath, ReadonlySet<RepoPath>>,
): P | undefined {
  const own = needed.get(folder) ?? new Set();
  const ranked = tested.map((each) => {
    const needs = needed.get(each.folder) ?? new Set();
    return { each, uses: needs.has(folder), size: needs.size, shared: own.intersection(needs).size };
  });
  const users = ranked.filter(({ uses }) => uses).sort((a, b) => a.size - b.size);
  return (users[0] ?? ranked.sort((a, b) => b.shared - a.shared)[0])?.each;
}

/** What a gate is there for, as a clause. */
export const saidOf = (what: string, { first, others }: Together): string =>
  `${first.name} is a ` +
  `${what}` +
  `${
    others.length > 0
      ? `, and ${others.map(({ name }) => name).join(', ')} without tests of ` +
        `${others.length === 1 ? 'its' : 'their'} own`
      : ''
  }`;

/** A folder as part of the name of a gate. */
export const slug = (folder: RepoPath): string => folder.toLowerCase().replace(/[^a-z0-9._-]+/g, '-');
