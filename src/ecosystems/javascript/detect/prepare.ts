import type { TreeFiles } from '../../../world/gates/tree-files.ts';

/** A script of the root that only runs those of the packages, which have gates of their own. */
export const DELEGATES =
  /(?:^|\s)(?:--workspaces|-ws|-r|--recursive|workspaces?\s+(?:run|foreach)|--filter\b\S*)(?:\s|$|=)|\b(?:turbo|nx|lerna|wsrun)\b/;

/** What makes files that tests of packages need. */
export const MAKES = /\b(?:build|compile|generate|codegen|prepare|tsc\s+(?:-b|--build))\b/;

/**
 * What the root does before it starts the tests of a package, as a command line for a shell in the root: steps of its test script that
 * build, and tasks that its task runner puts before them. Null where it does nothing.
 */
export async function preparation(
  files: TreeFiles,
  scripts: Readonly<Record<string, string>>,
): Promise<(name: string) => string | null> {
  const parts = [scripts['pretest'] ?? '', scripts['test'] ?? ''].flatMap((text) => text.split(/\s*&&\s*/));
  const at = parts.findIndex((part) => DELEGATES.test(part));
  const delegate = parts[at];
  if (delegate === undefined) return () => null;
  const before = parts.slice(0, at).filter((part) => MAKES.test(part));
  const tasks = await tasksBefore(files, delegate);
  return (name) => {
    const lines = [...before, ...tasks.map((task) => task(name))];
    return lines.length === 0 ? null : lines.join(' && ');
  };
}

type Task = (name: string) => string;

async function tasksBefore(files: TreeFiles, delegate: string): Promise<readonly Task[]> {
  if (/\bturbo\b/.test(delegate)) {
    const config = jsonIn((await files.text('turbo.json')) ?? (await files.text('turbo.jsonc')) ?? '');
    const needs = dependsOn(memberOf(config, 'tasks') ?? memberOf(config, 'pipeline'));
    return needs.map((need) => (name) => {
      if (need.includes('#')) return `turbo run ${need}`;
      return need.startsWith('^')
        ? `turbo run ${need.slice(1)} --filter=${name}^...`
        : `turbo run ${need} --filter=${name}`;
    });
  }
  if (!/\b(?:nx|lerna)\b/.test(delegate)) return [];
  const needs = dependsOn(memberOf(jsonIn((await files.text('nx.json')) ?? ''), 'targetDefaults'));
  const targets = new Set(needs.map((need) => need.replace(/^\^/, '')));
  return [...targets].map((target) => () => `NX_DAEMON=false nx run-many -t ${target}`);
}

/** Names of the tasks that `test` waits for; plain words only, as they become part of a command line. */
function dependsOn(tasks: unknown): readonly string[] {
  const list = memberOf(memberOf(tasks, 'test'), 'dependsOn');
  return Array.isArray(list)
    ? list.filter((each): each is string => typeof each === 'string' && /^\^?[\w@/.:#-]+$/.test(each))
    : [];
}

const memberOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;

/** JSON with comments and commas at the end, as both tools take it. */
function jsonIn(text: string): unknown {
  const plain = text.replace(/("(?:\\.|[^"\\])*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (_, quoted?: string) => quoted ?? '');
  try {
    return JSON.parse(plain.replace(/,(?=\s*[}\]])/g, ''));
  } catch {
    return null;
  }
}
