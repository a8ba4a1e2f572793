import { posix } from 'node:path';
import { parse } from 'smol-toml';
import type { RepoPath } from '../../../domain/ids.ts';
import type { Package } from '../../../world/gates/detect/package.ts';

export type Table = Readonly<Record<string, unknown>>;

export interface Crate extends Package {
  /** Folders of other crates that it names by their path. */
  readonly paths: readonly RepoPath[];
  /** Features that it has unless somebody says otherwise. */
  readonly features: ReadonlySet<string>;
  /** Features of others that it asks for: the names they may go by, and the feature. */
  readonly asks: readonly Ask[];
  /** Not all of its targets are run by a plain `cargo test`. */
  readonly isPartial: boolean;
}

interface Ask {
  readonly names: readonly string[];
  readonly feature: string;
}

interface Dependency {
  readonly key: string;
  readonly table: Table;
  /** Where its path starts. */
  readonly from: RepoPath;
}

const KINDS = ['dependencies', 'dev-dependencies', 'dev_dependencies', 'build-dependencies', 'build_dependencies'];

/** Null for a manifest of no package. `shared`: the dependencies that the workspace declares for all. */
export function crateOf(folder: RepoPath, manifest: Table, shared: Table): Crate | null {
  const name = asTable(manifest['package'])?.['name'];
  if (typeof name !== 'string') return null;
  const used = [manifest, ...tablesIn(manifest['target'])].flatMap((table) =>
    KINDS.flatMap((kind) => Object.entries(asTable(table[kind]) ?? {})),
  );
  const details = used.flatMap(([key, given]): readonly Dependency[] => {
    const own = asTable(given) ?? {};
    return [
      { key, table: own, from: folder },
      { key, table: own['workspace'] === true ? (asTable(shared[key]) ?? {}) : {}, from: '.' },
    ];
  });
  const features = Object.entries(asTable(manifest['features']) ?? {}).map(
    ([feature, on]) => [feature, strings(on)] as const,
  );
  const asked = details.flatMap(({ key, table }) => strings(table['features']).map((feature) => ({ key, feature })));
  const passedOn = features
    .flatMap(([, on]) => on)
    .flatMap((each) => {
      const [key = '', feature] = each.split(/\??\//);
      return feature === undefined ? [] : [{ key, feature }];
    });
  const namesOf = (key: string): readonly string[] => [
    key,
    ...details.flatMap((each) => (each.key === key ? strings([each.table['package']]) : [])),
  ];
  return {
    folder,
    name,
    uses: details.flatMap(({ key, table }) => [key, ...strings([table['package']])]),
    commands: [name, ...tablesIn(manifest['bin']).flatMap((each) => strings([each['name']]))],
    paths: details.flatMap(({ table, from }) =>
      strings([table['path']]).map((path) => posix.join(from, path).replace(/\/+$/, '')),
    ),
    features: closure(new Map(features)),
    asks: [...asked, ...passedOn].map(({ key, feature }) => ({ names: namesOf(key), feature })),
    isPartial:
      asTable(manifest['package'])?.['autotests'] === false ||
      [asTable(manifest['lib']) ?? {}, ...tablesIn(manifest['bin']), ...tablesIn(manifest['test'])].some(isLeftOut),
  };
}

const isLeftOut = (target: Table): boolean =>
  target['test'] === false || target['harness'] === false || target['required-features'] !== undefined;

/** What `default` turns on. */
function closure(features: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const on = new Set(['default']);
  // It grows while it is gone through.
  for (const each of on) features.get(each)?.forEach((more) => on.add(more));
  return on;
}

export function tableIn(text: string | null): Table | null {
  try {
    return text === null ? null : asTable(parse(text));
  } catch {
    return null;
  }
}

export const asTable = (value: unknown): Table | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;

export const tablesIn = (value: unknown): readonly Table[] =>
  Object.values(typeof value === 'object' && value !== null ? value : {}).flatMap((each): readonly Table[] => {
    const table = asTable(each);
    return table === null ? [] : [table];
  });

export const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
