import { isTestCode, isTestName } from '../contract/classify.ts';
import { isMembers, parse } from '../contract/json-manifest.ts';
import type { RepoPath } from '../ids.ts';

/** A program of a repository, and how it is started. */
export interface EntryPoint {
  readonly path: RepoPath;
  readonly run: string;
  /** How people start it, for example in a README, beside `run`. */
  readonly spelled: readonly string[];
}

/** What manifests in TOML say of programs. */
export interface Declared {
  /** `[project.scripts]` of a `pyproject.toml`: a name and `module:function`. */
  readonly scripts: readonly (readonly [name: string, target: string])[];
  /** `[[bin]]` of a `Cargo.toml`. */
  readonly bins: readonly { readonly name: string; readonly path: RepoPath }[];
  /** The name of its package, by which `src/main.rs` is called. */
  readonly crate: string | null;
}

export const NOTHING_DECLARED: Declared = { scripts: [], bins: [], crate: null };

interface Tree {
  readonly there: ReadonlySet<RepoPath>;
  readonly texts: ReadonlyMap<RepoPath, string>;
}

/** Programs that manifests declare, and folders that are programs by the rules of their language. */
export const declaredEntries = (declared: Declared, tree: Tree): readonly EntryPoint[] => [
  ...declared.scripts.flatMap((script) => pythonScript(script, tree)),
  ...cargoBins(declared, tree).map(cargoBin),
  ...goMains(tree),
];

const TARGET = /^((?:[A-Za-z_]\w*\.)*[A-Za-z_]\w*):([A-Za-z_]\w*)$/;
const NAME = /^[\w.-]+$/;

/** Called as the script would that an installation makes, without an installation. */
function pythonScript([name, target]: readonly [string, string], { there }: Tree): readonly EntryPoint[] {
  const [, module, called] = TARGET.exec(target.replaceAll(' ', '')) ?? [];
  if (module === undefined || called === undefined || !NAME.test(name)) return [];
  const stem = module.replaceAll('.', '/');
  const ends = [`${stem}.py`, `${stem}/__init__.py`];
  const found = ['', 'src/'].flatMap((root) => ends.map((end) => ({ root, path: `${root}${end}` })));
  const place = found.find(({ path }) => there.has(path));
  if (!place) return [];
  const text = `import sys; sys.argv[0] = '${name}'; from ${module} import ${called}; sys.exit(${called}())`;
  const run = `${place.root === '' ? '' : 'PYTHONPATH=src '}python3 -c "${text}"`;
  const spelled = [
    run,
    name,
    `python3 ${place.path}`,
    `python ${place.path}`,
    `python3 -m ${module}`,
    `python -m ${module}`,
  ];
  return [{ path: place.path, run, spelled }];
}

function cargoBins({ bins, crate }: Declared, { there }: Tree): Declared['bins'] {
  if (crate === null) return [];
  const main = { name: crate, path: 'src/main.rs' };
  const more = [...there].flatMap((path) => {
    const [, name] = /^src\/bin\/([\w-]+)(?:\/main)?\.rs$/.exec(path) ?? [];
    return name === undefined ? [] : [{ name, path }];
  });
  const said = new Set(bins.map(({ path }) => path));
  return [...bins, ...[main, ...more].filter(({ path }) => !said.has(path))].filter(
    ({ name, path }) => NAME.test(name) && there.has(path),
  );
}

const cargoBin = ({ name, path }: Declared['bins'][number]): EntryPoint => {
  const run = `cargo run --quiet --offline --bin ${name} --`;
  const spelled = [run, name, 'cargo run --', `cargo run --bin ${name} --`];
  return { path, run, spelled: [...spelled, `./target/debug/${name}`, `./target/release/${name}`] };
};

/** Built and then run: `go run` has exit codes of its own. */
const goMains = ({ texts }: Tree): readonly EntryPoint[] =>
  [...texts].flatMap(([path, text]) => {
    if (!isGoSource(path) || !/^package main\b/m.test(text) || !/^func main\(\)/m.test(text)) return [];
    const folder = path.split('/').slice(0, -1);
    const at = folder.length === 0 ? '.' : `./${folder.join('/')}`;
    const name = folder.at(-1) ?? moduleName(texts.get('go.mod') ?? '') ?? 'program';
    if (!NAME.test(name)) return [];
    const program = `"\${TMPDIR:-/tmp}/${name}"`;
    const run = `go build -o ${program} ${at} && ${program}`;
    return [{ path, run, spelled: [run, name, `./${name}`, `go run ${at}`, `go run ${path}`] }];
  });

export const isGoSource = (path: RepoPath): boolean =>
  path.endsWith('.go') && path.split('/').length <= 3 && !isTestCode(path) && !isTestName(path);

const moduleName = (text: string): string | undefined =>
  /^module\s+(\S+)/m
    .exec(text)?.[1]
    ?.replace(/\/v\d+$/, '')
    .split('/')
    .at(-1);

/** Files that a package gives to whoever imports it, the first of which may be a program as well. */
export function mainsOf(manifest: string): readonly RepoPath[] {
  const value = parse(manifest) ?? {};
  const exported = value['exports'];
  const root = isMembers(exported) && '.' in exported ? exported['.'] : exported;
  const ways = isMembers(root) ? ['import', 'node', 'require', 'default'].map((key) => root[key]) : [root];
  const paths = [value['main'], ...ways].flatMap((path) => (typeof path === 'string' ? path.replace(/^\.\//, '') : []));
  return [...new Set(paths)];
}

/** Code that only runs where it is started itself, or that reads arguments. */
export const isRunnable = (text: string): boolean =>
  /^#!|\brequire\.main\s*===?\s*module\b|\bimport\.meta\.main\b|\bprocess\.argv\b/.test(text);
