import { posix } from 'node:path';
import type { TreeFiles } from '../../../world/gates/tree-files.ts';
import type { Crate } from './crate.ts';
import { needEachOther } from './together.ts';
import { cargoPackages } from './workspace.ts';
import { apartWhere, saidOf, slug, type Together } from '../../../world/gates/detect/packages.ts';
import type { Detector, Proposal } from '../../../world/gates/detect/port.ts';
import { runsTests } from './tests.ts';

export const cargo: Detector = {
  name: 'cargo',
  looksFor: 'Cargo.toml',
  whenApart:
    'this package was built without the others: if `cargo test --workspace` passes, make that the one gate, in .omk/gates.toml',
  async detect(files) {
    const manifest = await files.text('Cargo.toml');
    if (manifest === null) return [];
    if (!/^\s*\[workspace[.\]]/m.test(manifest))
      return [{ id: 'cargo-test', argv: ['cargo', 'test'], kind: 'test', because: 'there is a Cargo.toml' }];
    const apart = await packagesApart(files);
    // Without it, a workspace whose root is a crate tests that crate alone.
    return apart === null
      ? [
          {
            id: 'cargo-test',
            argv: ['cargo', 'test', '--workspace'],
            kind: 'test',
            because: 'Cargo.toml is a workspace',
          },
        ]
      : apart.map(gateOf);
  },
};

async function packagesApart(files: TreeFiles): Promise<readonly Together[] | null> {
  const found = await cargoPackages(files);
  if (found === null) return null;
  const { packages, shared } = found;
  const paths = (await files.list()).map(({ path }) => path);
  const listed = paths.filter((path) => path.endsWith('.rs'));
  const texts = await files.texts(listed);
  const sources = listed.map((path, index) => ({ path, text: texts[index] ?? '' }));
  if (needEachOther(packages, sources, paths)) return null;
  const isTested = ({ folder, isPartial }: Crate): boolean =>
    !isPartial && sources.some(({ path, text }) => runsTests(posix.relative(folder, path), text));
  const tested = new Set(packages.flatMap((each) => (isTested(each) ? [each.folder] : [])));
  return apartWhere(files, packages, ({ folder }) => tested.has(folder), { shared });
}

function gateOf(together: Together, index: number, all: readonly Together[]): Proposal {
  const {
    first: { folder },
    others: _others,
    ...inputs
  } = together;
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
const allBut = (others: readonly Together[]): readonly string[] => [
  '--workspace',
  ...others.flatMap(namesOf).map((name) => `--exclude=${name}`),
];

/** In the root, cargo would take the members that are its default. */
const only = (together: Together): readonly string[] =>
  together.others.length > 0 || together.first.folder === '.'
    ? namesOf(together).map((name) => `--package=${name}`)
    : [];
