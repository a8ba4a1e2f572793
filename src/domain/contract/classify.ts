import { allOf } from '../../ecosystems/rules.ts';
import type { RepoPath } from '../ids.ts';
import { isInstallSetting } from './install-settings.ts';
import { holdsTestsInside, mayHoldTests } from './languages.ts';
import { isDependencyManifest, manifestRule } from './manifest.ts';

/** `policy`: `.omk/`. `runner`: decides how tests or checks run. `manifest`: has a runner part and a part that is the candidate's own. */
export type PathKind = 'policy' | 'test' | 'runner' | 'manifest' | 'source';

/** Folders of tests, whatever is in them. */
const TEST_FOLDER =
  /(^|\/)(tests?|__tests__|__snapshots__|specs?|e2e|cypress|testdata|testing|test-?utils?|test-?helpers?)\//i;
const TEST_FILES = allOf(({ tests }) => tests);

/**
 * Files that change how tests run, whatever they are written in. Edits are overlaid by the base's, additions are taken out (trust rule T6).
 * Published in docs/gates.md.
 */
const ANY_RUNNER = [
  // Scripts that are named after checking.
  /(^|\/)[^/]*(tests?|check|verify|lint|ci)[^/]*\.(sh|bash|zsh|ps1|cmd|bat)$/i,
  /\.mk$/,
  new RegExp(
    String.raw`(^|\/)(Makefile|GNUmakefile|makefile|\.?justfile|Justfile|[Tt]askfile(\.dist)?\.ya?ml|` +
      String.raw`(turbo|nx|lerna)\.json|\.pnp\.[^/]+|\.tool-versions|\.mise\.toml|mise\.toml|\.envrc)$`,
  ),
];
const RUNNER_FILES = [...allOf(({ runnerFiles }) => runnerFiles), ...ANY_RUNNER];

/** What a path decides; a link stands for everything that lies behind it. */
export function classify(path: RepoPath, mode = '100644'): PathKind {
  const kind = kindOf(path);
  return kind === 'source' && mode === '120000' ? kindOf(`${path}/x`) : kind;
}

/** Code that a runner loads as tests or beside them: by its name, or in a folder of tests. */
export const isTestCode = (path: RepoPath): boolean =>
  mayHoldTests(path) && (TEST_FILES.some((pattern) => pattern.test(path)) || /(^|\/)(tests?|__tests__)\//.test(path));

/** Named as the tests of some runner are, wherever it lies. */
export const isTestName = (path: RepoPath): boolean =>
  TEST_FILES.some((pattern) => pattern.test(path.slice(path.lastIndexOf('/') + 1)));

const MIXED = allOf(({ mixed }) => (mixed ? [mixed.files] : []));

function kindOf(path: RepoPath): PathKind {
  if (path === '.omk' || path.startsWith('.omk/') || path === '.worktreeinclude') return 'policy';
  if (isInstallSetting(path) || RUNNER_FILES.some((pattern) => pattern.test(path))) return 'runner';
  const isTest = TEST_FOLDER.test(path) || TEST_FILES.some((pattern) => pattern.test(path));
  const manifest = manifestRule(path);
  // Among tests it says what their imports mean; below a fixture it says so only for the fixture.
  if (manifest && !(isTest && manifest.isTestAmongTests))
    return isTest && !/fixtures?\//i.test(path) ? 'runner' : 'manifest';
  if (isTest) return 'test';
  return holdsTestsInside(path) || MIXED.some((pattern) => pattern.test(path)) ? 'manifest' : 'source';
}

const BESIDE_TESTS = allOf(({ besideTests }) => (besideTests ? [besideTests] : []));

/** Whether a runner loads a file for all tests beside it and below, without a word in them. */
export const isLoadedForTests = (path: RepoPath): boolean => BESIDE_TESTS.some((pattern) => pattern.test(path));

const INSTALLED_FROM = allOf(({ installedFrom }) => installedFrom);

/** Whether a change of this path may change what is installed. */
export const touchesDependencies = (path: RepoPath): boolean =>
  isDependencyManifest(path) || isInstallSetting(path) || INSTALLED_FROM.some((pattern) => pattern.test(path));

const BUILT_FROM = allOf(({ builtFrom }) => builtFrom);

/** Whether a change of this path may change what was built of the repository itself before its gates run. */
export const touchesBuild = (path: RepoPath): boolean => BUILT_FROM.some((pattern) => pattern.test(path));
