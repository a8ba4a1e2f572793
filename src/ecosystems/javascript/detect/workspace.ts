import { matchesFolder } from '../../../domain/text/folder-glob.ts';
import type { RepoPath } from '../../../domain/ids.ts';
import type { TreeFiles } from '../../../world/gates/tree-files.ts';
import { inputsOf, needsOf, type Inputs } from '../../../world/gates/detect/packages.ts';
import type { Package } from '../../../world/gates/detect/package.ts';

/** Folders of the packages of an npm, yarn, bun or pnpm workspace, sorted; empty where there is none. */
export async function workspaceFolders(files: TreeFiles): Promise<readonly RepoPath[]> {
  const patterns = [
    ...npmPatterns((await files.text('package.json')) ?? ''),
    ...pnpmPatterns((await files.text('pnpm-workspace.yaml')) ?? ''),
  ];
  const wanted = patterns.filter((pattern) => !pattern.startsWith('!'));
  const unwanted = patterns.flatMap((pattern) => (pattern.startsWith('!') ? [pattern.slice(1)] : []));
  return (await files.list())
    .flatMap(({ path }) =>
      /^(?!.*node_modules\/).+\/package\.json$/.test(path) ? [path.slice(0, -'/package.json'.length)] : [],
    )
    .filter(
      (folder) =>
        wanted.some((pattern) => matchesFolder(folder, pattern)) &&
        !unwanted.some((pattern) => matchesFolder(folder, pattern)),
    )
    .sort();
}

function npmPatterns(text: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(text);
    const workspaces: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'workspaces') : null;
    const list: unknown =
      typeof workspaces === 'object' && workspaces !== null && !Array.isArray(workspaces)
        ? Reflect.get(workspaces, 'packages')
        : workspaces;
    return Array.isArray(list) ? list.filter((each) => typeof each === 'string') : [];
  } catch {
    return [];
  }
}

/** The list below `packages:`, as everybody writes it. */
const pnpmPatterns = (text: string): readonly string[] =>
  [
    ...(/^packages:[^\n]*\n((?:[ \t]*(?:-.*|#.*)?\n?)*)/m.exec(text)?.[1] ?? '').matchAll(
      /^\s*-\s*["']?([^"'#\n]+?)["']?\s*(?:#.*)?$/gm,
    ),
  ].map(([, pattern = '']) => pattern);

/** What the gate of each package depends on. */
export async function packageInputs(
  files: TreeFiles,
  folders: readonly RepoPath[],
): Promise<(folder: RepoPath) => Inputs> {
  const packages = await Promise.all(
    folders.map(async (folder) => ({ folder, ...manifestOf((await files.text(`${folder}/package.json`)) ?? '') })),
  );
  const needs = await needsOf(files, packages, manifestOf((await files.text('package.json')) ?? '').uses);
  return needs === null ? () => ({}) : (folder) => inputsOf(packages, needs(folder));
}

const DEPENDENCIES = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];

function manifestOf(text: string): Omit<Package, 'folder'> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return NOTHING;
    const name = String(Reflect.get(value, 'name') ?? '');
    const bin: unknown = Reflect.get(value, 'bin');
    const commands = typeof bin === 'string' ? [name.slice(name.lastIndexOf('/') + 1)] : keysOf(bin);
    return { name, uses: DEPENDENCIES.flatMap((field) => keysOf(Reflect.get(value, field))), commands };
  } catch {
    return NOTHING;
  }
}

const NOTHING: Omit<Package, 'folder'> = { name: '', uses: [], commands: [] };

const keysOf = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null ? Object.keys(value) : [];
