import type { TreeFiles } from '../../../world/gates/tree-files.ts';
import type { Detector } from '../../../world/gates/detect/port.ts';
import { namesPytest } from '../tests.ts';

const MANAGE = /(?:^|\/)manage\.py$/;
const TESTS = /(?:^|\/)(?:tests?|test_[^/]*|[^/]*_tests?)\.py$/;
/** More test files than this are taken for what the first ones are. */
const READ = 40;

/** Programs of apps that start Django's own runner, by the name that its own suite gave them. */
const PROGRAMS = ['runtests.py', 'run_tests.py', 'runtest.py', 'tests/runtests.py', 'tests/run_tests.py'] as const;

/** Where a project says how its tests are started. */
const NAMED_IN = ['tox.ini', 'noxfile.py', 'Makefile', 'justfile', 'setup.cfg', 'pyproject.toml'] as const;

export const django: Detector = {
  name: 'django',
  looksFor: 'manage.py of Django',
  async detect(files) {
    const found = await startedByDjango(files);
    return found === null ? [] : [{ id: 'django', kind: 'test', ...found }];
  },
};

interface Start {
  readonly argv: readonly [string, ...string[]];
  readonly cwd?: string;
  readonly because: string;
}

/** How Django itself runs the tests; null where pytest does, or where nothing says how. */
export async function startedByDjango(files: TreeFiles): Promise<Start | null> {
  const path = await managedBy(files);
  // Below the root it may be of an example.
  const named = path === 'manage.py' ? null : await namedStart(files);
  if (path === null || named !== null) return named;
  const cwd = path.includes('/') ? { cwd: path.slice(0, path.lastIndexOf('/')) } : {};
  return { argv: ['python3', 'manage.py', 'test'], ...cwd, because: `there is ${path}, and pytest is not used` };
}

/** An app without a `manage.py` names the settings of its tests where they are started. */
async function namedStart(files: TreeFiles): Promise<Start | null> {
  for (const file of NAMED_IN) {
    const text = ((await files.text(file)) ?? '').replaceAll(/["',[\]]/g, ' ');
    const [, words] = /(?:-m +django|\bdjango-admin(?:\.py)?) +test\b([^\n]*)/.exec(text) ?? [];
    if (words === undefined || (await namesPytest(files))) continue;
    const [, settings] =
      /--settings[= ]+([\w.]+)/.exec(words) ?? /\bDJANGO_SETTINGS_MODULE\s*[=:]\s*([\w.]+)/.exec(text) ?? [];
    if (settings === undefined) continue;
    const argv = ['python3', '-m', 'django', 'test', `--settings=${settings}`] as const;
    return { argv, because: `${file} starts the tests of Django with ${settings}` };
  }
  return programmed(files);
}

/** A program that sets which settings and asks Django for its runner. */
async function programmed(files: TreeFiles): Promise<Start | null> {
  for (const file of PROGRAMS) {
    const text = (await files.text(file)) ?? '';
    const [, settings] = /\bDJANGO_SETTINGS_MODULE\b["'\]]*\s*[=,]\s*["']([\w.]+)["']/.exec(text) ?? [];
    if (!/\bdjango\b/.test(text) || !startsTests(text) || (await namesPytest(files))) continue;
    // Settings that the program itself makes are those of no other start.
    if (settings === undefined) return { argv: ['python3', file], because: `${file} starts the tests of Django` };
    const argv = ['python3', '-m', 'django', 'test', `--settings=${settings}`] as const;
    return { argv, because: `${file} starts the tests of Django with ${settings}` };
  }
  return null;
}

const startsTests = (text: string): boolean =>
  /\b(?:get_runner|DiscoverRunner)\b/.test(text) ||
  (/\b(?:execute_from_command_line|call_command)\b/.test(text) && /["']test["']/.test(text));

/** The `manage.py` whose tests Django itself runs; null where there is none, or where pytest runs them. */
async function managedBy(files: TreeFiles): Promise<string | null> {
  const paths = (await files.list()).map(({ path }) => path);
  const found = paths.filter((path) => MANAGE.test(path)).sort((a, b) => a.length - b.length);
  const [path] = found;
  if (path === undefined || !/\bdjango\b/.test((await files.text(path)) ?? '') || (await namesPytest(files)))
    return null;
  const folder = path.slice(0, -'manage.py'.length);
  for (const test of paths.filter((each) => each.startsWith(folder) && TESTS.test(each)).slice(0, READ))
    if (/^\s+(?:async\s+)?def test/m.test((await files.text(test)) ?? '')) return path;
  return null;
}
