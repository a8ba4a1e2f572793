import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RepoPath } from '../../../domain/ids.ts';
import type { Build, Installed, ManifestReader, Plan } from './plan.ts';

/** What planners read of one folder of the tree, as if it were the whole of it. */
export function readerBelow({ remade, ...files }: ManifestReader, folder: RepoPath): ManifestReader {
  const own = remade?.path.startsWith(`${folder}/`) ? { ...remade, path: remade.path.slice(folder.length + 1) } : null;
  return {
    ...files,
    ...partBelow(files, folder),
    ...(own === null ? {} : { remade: own }),
    base: { tree: files.base.tree, ...partBelow(files.base, folder) },
  };
}

const partBelow = (
  { entries, text }: Pick<ManifestReader, 'entries' | 'text'>,
  folder: RepoPath,
): Pick<ManifestReader, 'entries' | 'text'> => ({
  entries: entries.flatMap(({ path, ...rest }) =>
    path.startsWith(`${folder}/`) ? [{ path: path.slice(folder.length + 1), ...rest }] : [],
  ),
  text: (path) => text(`${folder}/${path}`),
});

/** The plan of a project in a folder as one of the whole tree. */
export function planBelow(plan: Plan, folder: RepoPath): Plan {
  const { after, unlocked } = plan;
  const name = ` in ${folder}`;
  const own = (before: Build['before']): Build['before'] =>
    new Map([...before].flatMap(([key, dir]) => (key.endsWith(name) ? [[key.slice(0, -name.length), dir]] : [])));
  /** Where its layer lies in that of the tree. */
  const at = plan.place === 'tree' ? folder : '.';
  const inside = async (build: Build): Promise<Build> => {
    const out = join(build.out, at);
    await mkdir(out, { recursive: true });
    return {
      ...build,
      root: build.root ?? build.checkout,
      checkout: join(build.checkout, folder),
      out,
      final: join(build.final, at),
      before: own(build.before),
    };
  };
  return {
    ...plan,
    manager: `${plan.manager}${name}`,
    downloads: plan.downloads ?? plan.manager,
    folder: join(at, plan.folder),
    inputs: [folder, plan.inputs],
    ...(after ? { after: (before) => after(own(before)) } : {}),
    ...(unlocked
      ? {
          unlocked: {
            file: `${folder}/${unlocked.file}`,
            resolve: async (build) => unlocked.resolve(await inside(build)),
          },
        }
      : {}),
    async install(build) {
      const within = await inside(build);
      return placed(await plan.install(within), { from: join(within.out, 'nested'), out: build.out, folder });
    },
  };
}

/** Nested folders are named by their path in the tree. */
async function placed(
  installed: Installed,
  { from, out, folder }: { readonly from: string; readonly out: string; readonly folder: RepoPath },
): Promise<Installed> {
  if (installed.kind === 'failed') return installed;
  const aside = join(out, '.nested');
  if (installed.nested.length > 0) await rename(from, aside);
  for (const path of installed.nested) {
    const to = join(out, 'nested', folder, path);
    await mkdir(dirname(to), { recursive: true });
    await rename(join(aside, path), to);
  }
  return { ...installed, nested: installed.nested.map((path) => `${folder}/${path}`) };
}
