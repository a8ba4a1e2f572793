import type { Json } from '../../../domain/canonical.ts';
import { ownInputs, ownPackages } from '../project/attach.ts';
import { projectsOf } from '../project/projects.ts';
import type { Build, ManifestReader, Planned, Planner } from '../../../world/gates/layers/plan.ts';
import { readNox, readTox } from './environments.ts';
import { REQUIREMENT_FILES } from './files.ts';
import { installPip, lockPip } from './install.ts';
import { LOCK } from './lock.ts';
import { expanded, ownFromMetadata, type Own } from './own.ts';
import { isPoetry, readPyproject, type Listed } from './pyproject.ts';
import { includedFrom, readRequirements, type Line } from './requirements.ts';
import { sourcePath, VENV_ENV, VENV_OFFLINE } from './venv.ts';
import type { RepoPath } from '../../../domain/ids.ts';

/** pip: lists of requirements, and what pyproject.toml, tox.ini and noxfile.py ask for, as one virtual environment. */
export const planPip: Planner = async (files) => {
  const has = (path: RepoPath): boolean => files.entries.some((entry) => entry.path === path);
  const pyprojectText = await files.text('pyproject.toml');
  if (pyprojectText !== null && (has('uv.lock') || has('poetry.lock') || isPoetry(pyprojectText)))
    return { kind: 'none', why: null, declared: false };
  const environments = [readTox((await files.text('tox.ini')) ?? ''), readNox((await files.text('noxfile.py')) ?? '')];
  const pyproject = readPyproject(
    pyprojectText ?? '',
    environments.flatMap(({ groups }) => groups),
  );
  if (pyproject.kind === 'invalid')
    return { kind: 'failed', detail: `pyproject.toml cannot be read: ${pyproject.detail}` };
  const named = environments.flatMap((each) => each.files).filter(has);
  const roots = [...new Set([...REQUIREMENT_FILES.filter(has), ...named])];
  const found = await reachable(files, roots);
  if (found.kind === 'failed') return found;
  const { contents } = found;
  // Constraints only say which version, should something be installed.
  const texts = [...contents].flatMap(([path, text]) => (found.constraints.has(path) ? [] : [text]));
  const lines = texts.flatMap(readRequirements);
  const listed: Listed = {
    own: pyproject.own,
    requirements: [...pyproject.requirements, ...environments.flatMap(({ requirements }) => requirements)],
    extras: [
      ...pyproject.extras,
      ...environments.flatMap(({ extras }) => extras),
      ...lines.flatMap((line) => (line.kind === 'folder' && line.path === '.' ? line.extras : [])),
    ],
  };
  const projects = await projectsOf(files.base);
  const stated = expanded(ownOf(listed.own), listed.requirements, listed.extras);
  if (projects.length === 0 && stated.length === 0 && !lines.some(({ kind }) => kind === 'named' || kind === 'direct'))
    return nothing(contents.size > 0, pyprojectText !== null);
  const wheels = files.entries.filter(({ path }) => /\.(?:whl|zip|tar\.\w+|tgz)$/.test(path));
  const inputs: Json = {
    requirements: [...contents].map(([path, text]) => ({ path, text })),
    pyproject: stated,
    files: wheels.map(({ path, id }) => ({ path, id })),
    python: await files.text('.python-version'),
  };
  const wanted = async (before: Build['before']): Promise<readonly string[]> =>
    expanded(await completed(listed.own, before), listed.requirements, listed.extras);
  const asked = (all: readonly string[]): readonly Line[] => [...lines, ...all.flatMap(readRequirements)];
  return {
    kind: 'plan',
    manager: 'pip',
    folder: 'venv',
    place: 'own',
    env: { ...VENV_ENV, ...sourcePath(files) },
    offline: VENV_OFFLINE,
    pathPrefix: ['$DIR/bin'],
    tools: ['python3'],
    inputs,
    after: async (before) => ({ own: await ownInputs(before), wanted: await wanted(before) }),
    unlocked: {
      file: LOCK,
      resolve: async (build) => {
        const all = await wanted(build.before);
        return lockPip(build, { roots, contents, listed: all, asked: asked(all) });
      },
    },
    install: async (build) => installPip(build, asked(await wanted(build.before))),
  };
};

const ownOf = (own: Partial<Own>): Own => ({ name: '', dependencies: [], extras: new Map(), ...own });

/** What the tree leaves to its build backend to say, the backend said of the base. */
async function completed(own: Partial<Own>, before: Build['before']): Promise<Own> {
  const [root] = await ownPackages(before);
  return root === undefined ? ownOf(own) : { ...ownFromMetadata(root.name, root.requires), ...own };
}

const nothing = (requirements: boolean, pyproject: boolean): Planned => {
  const why = pyproject ? 'pyproject.toml lists no dependencies' : null;
  return { kind: 'none', why: requirements ? 'the requirements are empty' : why, declared: false };
};

type Reachable = {
  readonly kind: 'reachable';
  readonly contents: ReadonlyMap<string, string>;
  readonly constraints: ReadonlySet<string>;
};

/** The requirements files and all they include, by path. */
async function reachable(
  files: ManifestReader,
  roots: readonly string[],
): Promise<Reachable | Extract<Planned, { kind: 'failed' }>> {
  const contents = new Map<string, string>();
  const constraints = new Set<string>();
  const waiting = [...roots];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (contents.has(file)) continue;
    const text = await files.text(file);
    if (text === null)
      return { kind: 'failed', detail: `${file} is included by the requirements and is not in the tree` };
    contents.set(file, text);
    for (const line of readRequirements(text)) {
      if (line.kind !== 'include') continue;
      const path = includedFrom(file, line.path);
      if (path === null) return { kind: 'failed', detail: `${file} includes ${line.path}, which is not in the tree` };
      if (line.constraint) constraints.add(path);
      waiting.push(path);
    }
  }
  return { kind: 'reachable', contents: new Map([...contents].sort(([a], [b]) => (a < b ? -1 : 1))), constraints };
}
