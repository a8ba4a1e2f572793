import type { RepoPath } from '../ids.ts';

/** Files of the base that say what runners load before tests, all at the root. */
export const RUNNER_SETTINGS: readonly RepoPath[] = [
  'package.json',
  '.taprc',
  'Makefile',
  'makefile',
  'GNUmakefile',
  ...['js', 'cjs', 'mjs', 'ts', 'cts', 'mts', 'json'].flatMap((kind) =>
    ['jest.config', 'vitest.config', 'vite.config', 'playwright.config', 'ava.config'].map((name) => `${name}.${kind}`),
  ),
  ...['js', 'cjs', 'mjs', 'json', 'jsonc', 'yml', 'yaml'].map((kind) => `.mocharc.${kind}`),
];

const LOADS = new RegExp(
  String.raw`(?:^|\s)(?:--import|--require|-r|--loader|--experimental-loader|--config|-c|--setup\w*|` +
    String.raw`--global-?setup|--test-global-setup|--env-file)[=\s]+["']?([^\s"']+)`,
  'g',
);
/** Settings of JavaScript runners that name code to load, and their values: a list, a text, the rest of the line, or lines of YAML. */
const NAMES_CODE = new RegExp(
  String.raw`(?:^|[\s"'{,])(?:setupFiles\w*|globalSetup|globalTeardown|testEnvironment|testRunner|` +
    String.raw`testSequencer|runner|resolver|snapshot\w+|reporters?|require|file|import|loader|transform|` +
    String.raw`before|after)["']?\s*:\s*(\[[^\]]*\]|\{(?:[^{}]|\{[^{}]*\})*\}|["'][^"'\n]*["']|` +
    String.raw`[^\n]*(?:\n\s*-\s+[^\n]+)*)`,
  'g',
);
/** A path of the project: from its root or this folder, or with the extension of a script. */
const CODE = /(?:<rootDir>|\.)\/[\w@./-]+|[\w@-][\w@./-]*\.[cm]?[jt]sx?\b/g;
/** Makefiles read these where they are there. */
const INCLUDES = /^[ ]*[-s]?include[ \t]+([^#\n]+)/gm;

/** Whether a runner of the base is told to load this file before tests: then it is the runner's, whatever its name. */
export function preloadedBy(
  settings: readonly { readonly path: RepoPath; readonly text: string }[],
): (path: RepoPath) => boolean {
  const files = new Set<string>();
  for (const { path, text } of settings) {
    if (/makefile$/i.test(path)) {
      for (const [, named = ''] of text.matchAll(INCLUDES))
        for (const file of named.trim().split(/\s+/)) files.add(file.replace(/^(\.\/)+/, ''));
      continue;
    }
    for (const [, value = ''] of settingsIn(path, text).matchAll(NAMES_CODE))
      for (const [file] of value.matchAll(CODE)) files.add(file.replace(/^(?:<rootDir>\/|(?:\.\/)+)/, ''));
    if (path.endsWith('package.json'))
      for (const [, file = ''] of scriptsIn(text).matchAll(LOADS)) files.add(file.replace(/^(\.\/)+/, ''));
  }
  // What is named without its extension may be a file or the index of a folder.
  const isNamed = (path: RepoPath): boolean =>
    [path, path.replace(/\.[cm]?[jt]sx?$/, ''), path.replace(/\/index\.[cm]?[jt]sx?$/, '')].some((each) =>
      files.has(each),
    );
  return isNamed;
}

/** What a package offers stands under names that settings of runners have too: `import`, `require`. */
const OFFERS = ['main', 'module', 'browser', 'exports', 'imports', 'bin', 'types', 'typesVersions', 'files'];

function settingsIn(path: RepoPath, text: string): string {
  if (!path.endsWith('package.json')) return text;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return text;
    return JSON.stringify(Object.fromEntries(Object.entries(value).filter(([name]) => !OFFERS.includes(name))));
  } catch {
    return text;
  }
}

function scriptsIn(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    const scripts: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'scripts') : null;
    return typeof scripts === 'object' && scripts !== null
      ? Object.values(scripts).map(String).map(plain).join('\n')
      : '';
  } catch {
    return '';
  }
}

/** To prettier, `-c` says that it only checks: what follows is no settings. */
const plain = (script: string): string =>
  script.replace(/\bprettier\b[^&|;]*/g, (command) => command.replaceAll(/(?<=\s)-c(?=\s)/g, '--check'));
