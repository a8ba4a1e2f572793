import type { Json } from '../../../../domain/canonical.ts';
import type { ManifestReader, Planned, Planner } from '../plan.ts';
import { installPip } from './install.ts';
import { readPyproject } from './pyproject.ts';
import { includedFrom, readRequirements } from './requirements.ts';
import { sourcePath, VENV_ENV } from './venv.ts';

const ROOTS = [
  'requirements.txt', 'requirements-dev.txt', 'requirements-test.txt', 'requirements-tests.txt', 'requirements_dev.txt', 'requirements_test.txt',
  'dev-requirements.txt', 'test-requirements.txt', 'requirements/dev.txt', 'requirements/test.txt', 'requirements/tests.txt',
] as const; // prettier-ignore

/** pip: the requirements files at the root and the dependencies of `pyproject.toml`, as one virtual environment. */
export const planPip: Planner = async (files) => {
  const locked = ['uv.lock', 'poetry.lock'].find((path) => files.entries.some((entry) => entry.path === path));
  const pyprojectText = await files.text('pyproject.toml');
  if (locked !== undefined && pyprojectText !== null) return { kind: 'none', why: null, declared: false };
  const pyproject = pyprojectText === null ? null : readPyproject(pyprojectText);
  if (pyproject?.kind === 'invalid')
    return { kind: 'failed', detail: `pyproject.toml cannot be read: ${pyproject.detail}` };
  const roots = ROOTS.filter((path) => files.entries.some((entry) => entry.path === path));
  const listed = pyproject?.kind === 'requirements' ? pyproject.requirements : [];
  if (roots.length === 0 && listed.length === 0)
    return nothing(pyprojectText !== null, pyproject?.kind === 'elsewhere' ? pyproject.tool : null);
  const found = await reachable(files, roots);
  if (found.kind === 'failed') return found;
  const { contents } = found;
  // Constraints only say which version, should something be installed.
  const texts = [...contents].flatMap(([path, text]) => (found.constraints.has(path) ? [] : [text]));
  const lines = [...texts, listed.join('\n')].flatMap(readRequirements);
  if (!lines.some(({ kind }) => kind === 'named' || kind === 'direct'))
    return { kind: 'none', why: 'the requirements are empty', declared: false };
  const pytest = lines.some((line) => line.kind === 'named' && line.name === 'pytest');
  const wheels = files.entries.filter(({ path }) => /\.(?:whl|zip|tar\.\w+|tgz)$/.test(path));
  const versionFile = await files.text('.python-version');
  const inputs: Json = {
    requirements: [...contents].map(([path, text]) => ({ path, text })),
    pyproject: listed,
    pytest,
    files: wheels.map(({ path, id }) => ({ path, id })),
    python: versionFile,
  };
  return {
    kind: 'plan',
    manager: 'pip',
    folder: 'venv',
    place: 'own',
    env: { ...VENV_ENV, ...sourcePath(files) },
    pathPrefix: ['$DIR/bin'],
    tools: ['python3'],
    inputs,
    install: (build) => installPip(build, { roots, contents, listed, pytest }),
  };
};

function nothing(pyproject: boolean, tool: string | null): Planned {
  if (tool !== null) {
    return {
      kind: 'none',
      why: `${whyElsewhere(tool)}, or declare [worktree] setup in .omk/config.toml`,
      declared: true,
    };
  }
  return {
    kind: 'none',
    why: pyproject ? 'pyproject.toml lists no dependencies' : null,
    declared: false,
  };
}

const whyElsewhere = (tool: string): string =>
  tool === 'poetry'
    ? 'the dependencies are listed for poetry, and there is no poetry.lock: run poetry lock and commit it'
    : `the dependencies are listed for ${tool}, which omk does not install: list them in [project] dependencies or requirements.txt`;

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
