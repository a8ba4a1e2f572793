import { parse } from 'smol-toml';
import { at, isTable, readToml, strings, tableOf } from '../project/toml.ts';
import type { Own } from './own.ts';
import { isForTests } from './for-tests.ts';
import { normalise } from './requirements.ts';

/** What a `pyproject.toml` lists; `own` as far as it says so itself, and not its build backend. */
export interface Listed {
  readonly own: Partial<Own>;
  /** Of groups and environments for development and tests. They may name the project itself, with extras. */
  readonly requirements: readonly string[];
  /** Extras of the project that those environments ask for. */
  readonly extras: readonly string[];
}

export type Pyproject = ({ readonly kind: 'listed' } & Listed) | { readonly kind: 'invalid'; readonly detail: string };

/**
 * The dependencies of a `pyproject.toml`: those of the project, and of its groups, extras and environments for development and tests.
 * Where tox or nox say which groups their tests get, these are all.
 */
export function readPyproject(text: string, asked: readonly string[] = []): Pyproject {
  let document: unknown;
  try {
    document = parse(text);
  } catch (error) {
    return { kind: 'invalid', detail: (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '' };
  }
  const groups = tableOf(at(document, 'dependency-groups'));
  const tool = at(document, 'tool');
  const pdm = tableOf(at(at(tool, 'pdm'), 'dev-dependencies'));
  const hatch = hatchOf(at(at(at(tool, 'hatch'), 'envs'), 'default'), tableOf(at(at(tool, 'hatch'), 'envs')));
  const known = new Set(asked.map(normalise));
  const told = Object.keys(groups).filter((name) => known.has(normalise(name)));
  const wanted = [...(told.length > 0 ? told : Object.keys(groups).filter(isForTests)), ...hatch.groups];
  return {
    kind: 'listed',
    own: ownOf(at(document, 'project')),
    requirements: [
      ...wanted.flatMap((name) => groupOf(groups, name, [])),
      ...Object.keys(pdm).flatMap((name) => strings(pdm[name])),
      ...strings(at(at(tool, 'uv'), 'dev-dependencies')),
      ...hatch.requirements,
    ],
    extras: hatch.extras,
  };
}

function ownOf(project: unknown): Partial<Own> {
  const dynamic = strings(at(project, 'dynamic'));
  const name = at(project, 'name');
  if (!isTable(project) || typeof name !== 'string') return {};
  const extras = Object.entries(tableOf(at(project, 'optional-dependencies')));
  return {
    name: normalise(name),
    ...(dynamic.includes('dependencies') ? {} : { dependencies: strings(at(project, 'dependencies')) }),
    ...(dynamic.includes('optional-dependencies')
      ? {}
      : { extras: new Map(extras.map(([extra, list]) => [normalise(extra), strings(list)])) }),
  };
}

/** Hatch: the environments that tests run in. */
function hatchOf(
  standard: unknown,
  envs: Readonly<Record<string, unknown>>,
): {
  readonly requirements: readonly string[];
  readonly extras: readonly string[];
  readonly groups: readonly string[];
} {
  const names = Object.keys(envs).filter((name) => isForTests(name) || name === 'hatch-test');
  const meant = [standard, ...names.map((name) => envs[name])];
  const all = (...keys: readonly string[]): readonly string[] =>
    meant.flatMap((env) => keys.flatMap((key) => strings(at(env, key))));
  return {
    requirements: all('dependencies', 'extra-dependencies').filter((line) => !line.includes('{')),
    extras: all('features'),
    groups: all('dependency-groups'),
  };
}

/** Groups and extras of a `pyproject.toml` that are for development and tests, by name. */
export function testingParts(text: string): { readonly groups: readonly string[]; readonly extras: readonly string[] } {
  const document = readToml(text);
  const testing = (value: unknown): readonly string[] => Object.keys(tableOf(value)).filter(isForTests);
  const extras = [
    ...testing(at(at(document, 'project'), 'optional-dependencies')),
    ...testing(at(at(at(document, 'tool'), 'poetry'), 'extras')),
  ];
  return { groups: testing(at(document, 'dependency-groups')), extras: [...new Set(extras)] };
}

/** Groups of poetry that are installed only when they are asked for. */
export function optionalTestingGroups(text: string): readonly string[] {
  const groups = tableOf(at(at(at(readToml(text), 'tool'), 'poetry'), 'group'));
  return Object.keys(groups).filter((name) => isForTests(name) && at(groups[name], 'optional') === true);
}

function groupOf(
  groups: Readonly<Record<string, unknown>>,
  name: string,
  within: readonly string[],
): readonly string[] {
  const key = Object.keys(groups).find((each) => normalise(each) === normalise(name)) ?? name;
  const list = groups[key];
  if (!Array.isArray(list) || within.includes(key)) return [];
  return list.flatMap((entry: unknown) => {
    if (typeof entry === 'string') return [entry];
    const included = at(entry, 'include-group');
    return typeof included === 'string' ? groupOf(groups, included, [...within, key]) : [];
  });
}

/** Dependencies are written in poetry's own words, which only poetry reads. */
export const isPoetry = (text: string): boolean => /^\s*\[tool\.poetry\.(?:dependencies|group\.)/m.test(text);
