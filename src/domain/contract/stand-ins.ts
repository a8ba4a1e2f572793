import type { Loaded, Measurement } from '../gates/evidence.ts';
import type { PathChange } from '../git/snapshot.ts';
import type { RepoPath, TreeId } from '../ids.ts';
import { languageOf } from './languages.ts';

/**
 * Code that every run of a gate on the base opened before its first file of tests. Where a run told what is loaded, code that it only
 * opened is what a build reads, and is no code of a runner.
 */
export function earlyAt(measurements: readonly Measurement[], base: TreeId): ReadonlySet<RepoPath> {
  const byGate = new Map<string, ReadonlySet<RepoPath>>();
  const told = new Set(
    measurements
      .filter(({ purpose, tree }) => purpose === 'baseline' && tree === base)
      .filter(({ report }) => report.kind === 'tests' && report.loaded?.reached !== undefined)
      .map(({ gate }) => gate),
  );
  for (const { purpose, tree, gate, early } of measurements) {
    if (purpose !== 'baseline' || tree !== base || early === undefined) continue;
    const seen = new Set(told.has(gate) ? early.filter((path) => languageOf(path)?.readByBuilds !== true) : early);
    byGate.set(gate, byGate.get(gate)?.intersection(seen) ?? seen);
  }
  return new Set([...byGate.values()].flatMap((paths) => [...paths]));
}

/** What runs of a base were seen to load. */
export const loadedAt = (measurements: readonly Measurement[], base: TreeId): readonly Loaded[] =>
  measurements.flatMap(({ purpose, tree, report }) =>
    purpose === 'baseline' && tree === base && report.kind === 'tests' && report.loaded ? [report.loaded] : [],
  );

/** What runs of a base showed about who loads which code; a file is in one list only. */
export interface Seen {
  /** A runner loads it by itself, at some gate. */
  readonly runners: ReadonlySet<RepoPath>;
  /** Tests of some gate lead to it. */
  readonly reached: ReadonlySet<RepoPath>;
  /** It was loaded before tests, or beside them, and no test leads to it: something puts its name together. */
  readonly apart: ReadonlySet<RepoPath>;
}

export function seenLoading(loaded: readonly Loaded[], early: ReadonlySet<RepoPath>): Seen {
  const all = (of: (each: Loaded) => readonly RepoPath[] | undefined): ReadonlySet<RepoPath> =>
    new Set(loaded.flatMap((each) => of(each) ?? []));
  const runners = all(({ runners: own }) => own);
  const reached = all((each) => each.reached).difference(runners);
  return {
    runners,
    reached,
    apart: all(({ apart }) => apart)
      .union(early)
      .difference(reached)
      .difference(runners),
  };
}

const CODE = /\.(?:pyc?|pyd|rb|so)$/;
/** Headers of C++ may have no extension. */
export const HEADER = /\.(?:h|hh|hpp|hxx|inc|inl|ipp|tpp)$|(?:^|\/)[a-z_]+$/;
/** Code that is found by the package that it is in. */
export const TYPES = /\.(?:java|kt|groovy|scala|class|php)$/;

/**
 * New files that the base would have loaded in the place of a library, which it found elsewhere: they stand in for what runs tests, or
 * for what these compare with.
 */
export function standIns(changes: readonly PathChange[], loaded: readonly Loaded[]): ReadonlySet<RepoPath> {
  const seen = loaded.map(({ outside, paths }) => ({ outside: new Set(outside), paths }));
  const isBehind = (path: RepoPath): boolean => {
    const ends = path.split('/').map((_, depth, all) => all.slice(depth).join('/'));
    if (HEADER.test(path)) return seen.some(({ outside }) => ends.some((name) => outside.has(`<${name}>`)));
    const names = ends.flatMap((name) => [name.slice(0, name.lastIndexOf('/') + 1), name.replace(/\.\w+$/, '')]);
    return (
      TYPES.test(path) && seen.some(({ outside }) => names.some((name) => name.includes('/') && outside.has(name)))
    );
  };
  const isOne = (path: RepoPath): boolean =>
    seen.some(({ outside, paths }) =>
      paths.some((folder) => isBelow(path, folder) && outside.has(nameIn(path, folder))),
    );
  // A link stands for all that lies behind it.
  const isStandIn = ({ path, newMode }: PathChange): boolean =>
    newMode === '120000'
      ? isOne(path) || isOne(`${path}/__init__.py`) || isBehind(path)
      : (CODE.test(path) && isOne(path)) || isBehind(path);
  return new Set(changes.filter((each) => each.change === 'added' && isStandIn(each)).map(({ path }) => path));
}

const isBelow = (path: RepoPath, folder: string): boolean => folder === '' || path.startsWith(`${folder}/`);
const nameIn = (path: RepoPath, folder: string): string =>
  path.slice(folder === '' ? 0 : folder.length + 1).replace(/(?:\/__init__)?(?:\.[\w-]+)+$/, '');
