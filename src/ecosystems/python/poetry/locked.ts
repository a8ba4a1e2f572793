import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipAccess } from '../pip/access.ts';
import { isForTests } from '../pip/for-tests.ts';
import { makeVenv, REPRODUCIBLE } from '../pip/venv.ts';
import type { Build, Step } from '../../../world/gates/layers/plan.ts';
import { at, isTable, readToml, strings, tableOf } from '../project/toml.ts';
import { runStep } from '../../../world/gates/layers/step.ts';

const LIST = 'omk-poetry-requirements.txt';
const PINS = 'omk-poetry-constraints.txt';

/** Installs what `poetry.lock` pins with pip: where poetry is missing or cannot reach the index in its own way. */
export async function installPinned(build: Build, dir: string): Promise<Step> {
  const lock = await readFile(join(build.checkout, 'poetry.lock'), 'utf8');
  const requirements = namedIn(await readFile(join(build.checkout, 'pyproject.toml'), 'utf8'));
  await writeFile(join(build.checkout, PINS), lines(pinsOf(lock)));
  await writeFile(join(build.checkout, LIST), lines(requirements));
  await rm(dir, { recursive: true, force: true });
  const made = await makeVenv(
    build,
    dir,
    requirements.some((line) => /^pytest(?!-)\b/.test(line)),
  );
  if (made.kind === 'failed') return made;
  const access = pipAccess(build.env, build.trust);
  const env = { ...access.env, ...REPRODUCIBLE, PIP_CACHE_DIR: build.downloads };
  const binary = build.trust === 'candidate' ? ['--only-binary', ':all:'] : [];
  const pip = ['-m', 'pip', 'install', '--no-input', '--disable-pip-version-check', '--no-warn-script-location'];
  const argv = [join(dir, 'bin', 'python'), ...pip, ...binary, '-c', PINS, '-r', LIST] as const;
  return runStep(build, 'pip install of what poetry.lock pins', [argv[0], ...argv.slice(1)], { ...access, env });
}

/** One version each; what the lock file has in several is left to pip. */
export function pinsOf(lock: string): readonly string[] {
  const packages = at(readToml(lock), 'package');
  const found = new Map<string, Set<string>>();
  for (const each of Array.isArray(packages) ? packages : []) {
    const [name, version] = [at(each, 'name'), at(each, 'version')];
    // From git, an address or a folder: not what an index has under this version.
    const elsewhere = at(at(each, 'source'), 'type');
    if (typeof name !== 'string' || typeof version !== 'string') continue;
    if (elsewhere !== undefined && elsewhere !== 'legacy') continue;
    found.set(name, (found.get(name) ?? new Set()).add(version));
  }
  return [...found].flatMap(([name, versions]) => (versions.size === 1 ? [`${name}==${[...versions].join('')}`] : []));
}

/** What the project, its groups and its extras for tests name; versions are the lock file's. */
export function namedIn(pyproject: string): readonly string[] {
  const document = readToml(pyproject);
  const [project, poetry] = [at(document, 'project'), at(at(document, 'tool'), 'poetry')];
  const groups = Object.entries(tableOf(at(poetry, 'group'))).filter(
    ([name, group]) => at(group, 'optional') !== true || isForTests(name),
  );
  const tables = [
    ...['dependencies', 'dev-dependencies'].map((key) => at(poetry, key)),
    ...groups.map(([, group]) => at(group, 'dependencies')),
  ];
  const extras = Object.entries(tableOf(at(poetry, 'extras'))).filter(([name]) => isForTests(name));
  const wanted = new Set(extras.flatMap(([, list]) => strings(list)));
  const own = Object.entries(tableOf(at(project, 'optional-dependencies'))).filter(([name]) => isForTests(name));
  const sections = Object.entries(tableOf(at(document, 'dependency-groups'))).filter(([name]) => isForTests(name));
  return [
    ...new Set([
      ...strings(at(project, 'dependencies')),
      ...[...own, ...sections].flatMap(([, list]) => strings(list)),
      ...tables.flatMap((table) => Object.entries(tableOf(table)).flatMap(([name, what]) => named(name, what, wanted))),
    ]),
  ];
}

function named(name: string, what: unknown, wanted: ReadonlySet<string>): readonly string[] {
  if (name === 'python' || ['path', 'git', 'url'].some((key) => at(what, key) !== undefined)) return [];
  if (at(what, 'optional') === true && !wanted.has(name)) return [];
  const extras = isTable(what) ? strings(at(what, 'extras')) : [];
  const marker = at(what, 'markers');
  return [
    `${name}${extras.length > 0 ? `[${extras.join(',')}]` : ''}${typeof marker === 'string' ? `; ${marker}` : ''}`,
  ];
}

const lines = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');
