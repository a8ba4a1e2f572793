import type { TreeFiles } from '../tree-files.ts';
import { cargoPackages } from './cargo-workspace.ts';
import { apartWhere, saidOf, slug, type Together } from './packages.ts';
import type { Detector, Proposal } from './port.ts';
import { ownerOf } from './reach.ts';

export const cargo: Detector = {
  name: 'cargo',
  async detect(files) {
    const manifest = await files.text('Cargo.toml');
    if (manifest === null) return [];
    if (!/^\s*\[workspace[.\]]/m.test(manifest)) return [{ id: 'cargo-test', argv: ['cargo', 'test'], kind: 'test', because: 'there is a Cargo.toml' }];
    const apart = await packagesApart(files);
    // Without it, a workspace whose root is a crate tests that crate alone.
    return apart === null ? [{ id: 'cargo-test', argv: ['cargo', 'test', '--workspace'], kind: 'test', because: 'Cargo.toml is a workspace' }] : apart.map(gateOf);
  },
};

async function packagesApart(files: TreeFiles): Promise<readonly Together[] | null> {
  const packages = await cargoPackages(files);
  if (packages === null) return null;
  const folders = new Set(packages.map(({ folder }) => folder));
  const sources = (await files.list()).flatMap(({ path }) => (path.endsWith('.rs') ? [path] : []));
  const texts = await files.texts(sources);
  const tested = new Set(sources.filter((_, index) => TEST.test(texts[index] ?? '')).map((path) => ownerOf(path, folders)));
  return apartWhere(files, packages, ({ folder }) => tested.has(folder));
}

/** A test for sure, wherever it stands: what has tests in other shapes only is built, and tested, beside another. */
const TEST = /^\s*#\[(?:\w+::)*test\b/m;

function gateOf(together: Together, index: number, all: readonly Together[]): Proposal {
  const { first: { folder }, others: _others, ...inputs } = together;
  return {
    id: folder === '.' ? 'cargo-test' : `cargo-test-${slug(folder)}`,
    argv: ['cargo', 'test', ...(index === 0 ? allBut(all.slice(1)) : only(together))],
    kind: 'test',
    ...(folder === '.' ? {} : { cwd: folder }),
    ...inputs,
    because: saidOf('package of the workspace', together),
  };
}

const namesOf = ({ first, others }: Together): readonly string[] => [first, ...others].map(({ name }) => name);

/** The first gate takes what is left, so that it also has the packages that a candidate adds. */
const allBut = (others: readonly Together[]): readonly string[] => ['--workspace', ...others.flatMap(namesOf).map((name) => `--exclude=${name}`)];

/** In the root, cargo would take the members that are its default. */
const only = (together: Together): readonly string[] => (together.others.length > 0 || together.first.folder === '.' ? namesOf(together).map((name) => `--package=${name}`) : []);
