import type { RepoPath } from '../../domain/ids.ts';
/** A file with a static import or export is a module whatever its name; an import added to it changes nothing else. */
export const isModule = (path: RepoPath, content: string): boolean =>
  /\.m[jt]s$/.test(path) ||
  (!/\.c[jt]s$/.test(path) && /^\s*(?:import\s*(?:[\w{*'"]|type\s)|export\s*[\w{*])/m.test(content));

/**
 * A JavaScript or TypeScript file that type checkers and linters of the same gate leave alone. What its first
 * comment tells a runner stays first.
 */
export function unchecked(content: string): string {
  const lead = '/* eslint-disable */\n// @ts-nocheck\n';
  const before = /^(?:#!.*\n)?(?:\s*\/\*(?:[^*]|\*(?!\/))*\*\/[^\S\n]*\n)?/.exec(content)?.[0] ?? '';
  return `${before}${lead}${content.slice(before.length)}`;
}

/** Test code that leaves out all other tests of its file: a canary beside it would not be run. */
export const SELECTS = /\b(?:test|it|describe|suite|context|specify)(?:\.\w+)*\.only\b|\b(?:fdescribe|fit)\s*\(/;

export const USES_ASSERT = /['"](?:node:)?assert(?:\/strict)?['"]/;

/** Files of runners that only share the naming. */
export const IMPORTS_RUNNER =
  /['"](node:test|vitest|@jest\/globals|@playwright\/test|bun:test|ava|tap|tape|uvu|qunit)['"]/;

/** Whether a file has tests that are defined by global functions. */
export const definesTests = (content: string): boolean =>
  /\b(?:test|it|describe|suite|context|specify)\b\s*(?:\.\s*\w+\s*)*[(`]/.test(content);
