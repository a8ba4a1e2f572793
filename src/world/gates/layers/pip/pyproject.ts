import { parse } from 'smol-toml';
import { normalise } from './requirements.ts';

export type Pyproject =
  | { readonly kind: 'requirements'; readonly requirements: readonly string[] }
  | { readonly kind: 'elsewhere'; readonly tool: string }
  | { readonly kind: 'invalid'; readonly detail: string };

/** Groups and extras that hold what tests need. */
const TESTING = new Set(['test', 'tests', 'testing', 'dev', 'develop', 'development']);

/** The dependencies of a `pyproject.toml`: those of the project, and of its groups and extras for development and tests. */
export function readPyproject(text: string): Pyproject {
  let document: unknown;
  try {
    document = parse(text);
  } catch (error) {
    return { kind: 'invalid', detail: (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '' };
  }
  const project = at(document, 'project');
  const extras = Object.entries(tableOf(at(project, 'optional-dependencies')));
  const groups = tableOf(at(document, 'dependency-groups'));
  const requirements = [
    ...strings(at(project, 'dependencies')),
    ...extras.flatMap(([name, list]) => (TESTING.has(normalise(name)) ? strings(list) : [])),
    ...Object.keys(groups).flatMap((name) => (TESTING.has(normalise(name)) ? groupOf(groups, name, []) : [])),
  ];
  // An extra may name the project's own extras; those are listed already or not for tests.
  const own = at(project, 'name');
  const self = typeof own === 'string' ? normalise(own) : null;
  const foreign = requirements.filter((line) => normalise(/^[\w.-]+/.exec(line)?.[0] ?? '') !== self);
  if (foreign.length === 0 && project === undefined) {
    for (const tool of ['poetry', 'pdm', 'hatch', 'flit'])
      if (at(at(document, 'tool'), tool) !== undefined) return { kind: 'elsewhere', tool };
  }
  return { kind: 'requirements', requirements: [...new Set(foreign)] };
}

/** Groups and extras of a `pyproject.toml` that are for development and tests, by name. */
export function testingParts(text: string): { readonly groups: readonly string[]; readonly extras: readonly string[] } {
  let document: unknown;
  try {
    document = parse(text);
  } catch {
    // Whoever installs will say what is wrong with it.
    return { groups: [], extras: [] };
  }
  const testing = (value: unknown): readonly string[] =>
    Object.keys(tableOf(value)).filter((name) => TESTING.has(normalise(name)));
  const extras = [
    ...testing(at(at(document, 'project'), 'optional-dependencies')),
    ...testing(at(at(at(document, 'tool'), 'poetry'), 'extras')),
  ];
  return { groups: testing(at(document, 'dependency-groups')), extras: [...new Set(extras)] };
}

function groupOf(
  groups: Readonly<Record<string, unknown>>,
  name: string,
  within: readonly string[],
): readonly string[] {
  const list = groups[name];
  if (!Array.isArray(list) || within.includes(name)) return [];
  return list.flatMap((entry: unknown) => {
    if (typeof entry === 'string') return [entry];
    const included = at(entry, 'include-group');
    if (typeof included !== 'string') return [];
    const key = Object.keys(groups).find((each) => normalise(each) === normalise(included));
    return key === undefined ? [] : groupOf(groups, key, [...within, name]);
  });
}

const tableOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {};

const at = (value: unknown, key: string): unknown =>
  Object.hasOwn(tableOf(value), key) ? tableOf(value)[key] : undefined;

const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
