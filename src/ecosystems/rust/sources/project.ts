import { isRecord } from '../../../domain/record.ts';
import type { EntryPoint, ProgramRules, ProjectRules } from '../../../domain/project/project-rules.ts';

const MANIFEST = 'Cargo.toml';
const NAME = /^[\w.-]+$/;

const programs: ProgramRules = {
  manifests: [MANIFEST],
  find: ({ there, data }) => binsOf(data(MANIFEST), there).map(entry),
};

interface Bin {
  readonly name: string;
  readonly path: string;
}

/** Those that are declared, and those in their usual places. */
function binsOf(manifest: unknown, there: ReadonlySet<string>): readonly Bin[] {
  const { package: own, bin } = isRecord(manifest) ? manifest : {};
  const crate = isRecord(own) ? own['name'] : null;
  if (typeof crate !== 'string') return [];
  const bins = (Array.isArray(bin) ? bin : []).flatMap((each): readonly Bin[] => {
    const { name, path } = isRecord(each) ? each : {};
    if (typeof name !== 'string') return [];
    return [{ name, path: typeof path === 'string' ? path : `src/bin/${name}.rs` }];
  });
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

const entry = ({ name, path }: Bin): EntryPoint => {
  const run = `cargo run --quiet --offline --bin ${name} --`;
  const spelled = [run, name, 'cargo run --', `cargo run --bin ${name} --`];
  return { path, run, spelled: [...spelled, `./target/debug/${name}`, `./target/release/${name}`] };
};

export const rust: ProjectRules = {
  manifests: [/^Cargo\.toml$/],
  lockFiles: ['Cargo.lock'],
  programs,
  reach: {
    speaks: [/^Cargo\.toml$/],
    findsRoot: [
      /CARGO_WORKSPACE_DIR|\bcargo_metadata\b|["']cargo["'][\s\S]{0,80}["']metadata["']/,
      /(?:CARGO_MANIFEST_DIR|\bcurrent_dir\(\))(?=[\s\S]*(?:\.parent\(\)|\.pop\(\)|\.ancestors\(\)|["'][/\\]?\.\.["'/\\]))/,
    ],
    forAll: ['.cargo'],
  },
};
