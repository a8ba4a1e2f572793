import { posix } from 'node:path';
import type { RepoPath } from '../../../domain/ids.ts';
import type { Crate } from './crate.ts';
import { ownerOf } from '../../../world/gates/detect/reach.ts';

interface Source {
  readonly path: RepoPath;
  readonly text: string;
}

/** How a test finds what cargo has built of other packages, which it builds only where they are tested too. */
const FINDS_PROGRAMS = /\bcargo_bin|\bcurrent_exe\b|["'/]target["'/]|\bCARGO_TARGET_DIR\b|\bescargot\b/;

/** Whether packages have other tests, or pass other tests, alone than together. */
export function needEachOther(
  packages: readonly Crate[],
  sources: readonly Source[],
  all: readonly RepoPath[],
): boolean {
  const folders = new Set(packages.map(({ folder }) => folder));
  return (
    packages.some((each) => lacksFeatures(each, packages)) ||
    isSetApart(folders, all) ||
    sources.some((each) => runsAnother(packages, folders, each, sources))
  );
}

/** Cargo gives a package, and its tests behind `cfg(feature)`, what anyone asks of it that is built in the same run. */
const lacksFeatures = ({ folder, name, features }: Crate, all: readonly Crate[]): boolean =>
  all.some(
    (other) =>
      other.folder !== folder && other.asks.some((ask) => ask.names.includes(name) && !features.has(ask.feature)),
  );

/** Settings that cargo and rustup read only where they start in the folder of a package. */
const isSetApart = (folders: ReadonlySet<RepoPath>, all: readonly RepoPath[]): boolean =>
  all.some((path) => {
    const [, above] = /^(.+?)\/(?:\.cargo\/config(?:\.toml)?|rust-toolchain(?:\.toml)?)$/.exec(path) ?? [];
    return above !== undefined && [...folders].some((folder) => folder === above || folder.startsWith(`${above}/`));
  });

function runsAnother(
  packages: readonly Crate[],
  folders: ReadonlySet<RepoPath>,
  { path, text }: Source,
  sources: readonly Source[],
): boolean {
  if (!FINDS_PROGRAMS.test(text)) return false;
  const owner = ownerOf(path, folders);
  return packages.some(
    ({ folder, commands }) =>
      folder !== owner &&
      [...commands, ...programsIn(folder, sources)].some(
        (each) => text.includes(`"${each}"`) || text.includes(`/${each}"`),
      ),
  );
}

/** Programs that a package has without a word in its manifest. */
const programsIn = (folder: RepoPath, sources: readonly Source[]): readonly string[] =>
  sources.flatMap(
    ({ path }) => /^src\/bin\/([^/]+?)(?:\.rs|\/main\.rs)$/.exec(posix.relative(folder, path))?.[1] ?? [],
  );
