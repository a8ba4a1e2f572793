import type { RepoPath } from '../../domain/ids.ts';
import type { TreeFiles } from '../../world/gates/tree-files.ts';

const TEST_FILE = /(?:^|\/)(?:test_[^/]*|[^/]*_test)\.py$/;
const NOT_OURS = /(?:^|\/)(?:node_modules|\.?venv|site-packages|vendor|third_party)\//;
/** Files that would name pytest where it is used. */
const SETTINGS =
  /^(?:[\w-]*requirements[^/]*\.txt|requirements\/[^/]+\.txt|pyproject\.toml|setup\.(?:py|cfg)|tox\.ini|noxfile\.py|Pipfile|Makefile)$/;
/** More test files than this are taken for what the first ones are. */
const READ = 40;

export const pythonTests = async (files: TreeFiles): Promise<readonly RepoPath[]> =>
  (await files.list()).map(({ path }) => path).filter((path) => TEST_FILE.test(path) && !NOT_OURS.test(path));

/** Whether settings, lists of requirements or a conftest.py say that pytest is used. */
export async function namesPytest(files: TreeFiles): Promise<boolean> {
  const paths = (await files.list()).map(({ path }) => path);
  if (paths.some((path) => /(?:^|\/)(?:conftest\.py|\.?pytest\.ini)$/.test(path))) return true;
  for (const path of paths.filter((each) => SETTINGS.test(each)))
    if (/(?<!flake8-)\bpytest\b/.test((await files.text(path)) ?? '')) return true;
  return false;
}

/** Tests that only pytest finds. */
const PLAIN = /^(?:async\s+)?def\s+test|^class\s+Test\w*\s*(?:\(\s*(?:object\s*)?\)\s*)?:/m;

/** Whether the tests use unittest and nothing of pytest, which then need not be there. */
export async function isUnittest(files: TreeFiles): Promise<boolean> {
  if (await namesPytest(files)) return false;
  const tests = await pythonTests(files);
  let found = false;
  for (const path of tests.slice(0, READ)) {
    const text = (await files.text(path)) ?? '';
    const uses = /^\s*(?:import|from)\s+unittest\b/m.test(text);
    // A file may make its cases of data.
    if (/\bpytest\b/.test(text) || (!uses && PLAIN.test(text))) return false;
    found ||= uses;
  }
  return found;
}
