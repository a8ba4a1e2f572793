import type { RepoPath } from '../../../domain/ids.ts';
import type { Detector } from '../../../world/gates/detect/port.ts';
import type { TreeFiles } from '../../../world/gates/tree-files.ts';
import { startedByDjango } from '../django/detect.ts';
import { isUnittest, pythonTests } from '../tests.ts';

export const unittest: Detector = {
  name: 'unittest',
  looksFor: 'tests of unittest',
  async detect(files) {
    const settings =
      (await files.file('pytest.ini')) !== null ||
      /^\s*\[tool\.pytest[.\]]/m.test((await files.text('pyproject.toml')) ?? '');
    const tests = await pythonTests(files);
    // It finds what has `test` in front, in the root and in packages below it; names that end so only where it is told.
    const plain = tests.filter((path) => /(?:^|\/)test[^/]*\.py$/.test(path));
    const arePlain = plain.length * 2 >= tests.length;
    const found = arePlain ? plain : tests.filter((path) => !plain.includes(path));
    const pattern = arePlain ? [] : ['-p', '*_test.py'];
    const [first] = found;
    if (settings || first === undefined || (await startedByDjango(files)) !== null || !(await isUnittest(files)))
      return [];
    const folders = new Set(found.map((path) => path.split('/').slice(0, -1)[0] ?? ''));
    const [folder = ''] = folders;
    const inside = folders.size === 1 && folder !== '';
    const isPackage = inside && (await files.file(`${folder}/__init__.py`)) !== null;
    const within = isPackage ? ['-s', folder, '-t', '.'] : ['-s', await startOf(files, found, folder)];
    const where = inside ? within : [];
    return [
      {
        id: 'unittest',
        argv: ['python3', '-m', 'unittest', 'discover', ...where, ...pattern],
        kind: 'test',
        because: `there is ${first}, and pytest is not used`,
      },
    ];
  },
};

/** Only packages are looked into: where those of all tests are deeper, in a folder that is none, it begins there. */
async function startOf(files: TreeFiles, tests: readonly RepoPath[], folder: string): Promise<string> {
  const packages = new Set(
    (await files.list()).flatMap(({ path }) =>
      path.endsWith('/__init__.py') ? [path.slice(0, path.lastIndexOf('/'))] : [],
    ),
  );
  const starts = new Set(
    tests.map((path) => {
      let at = path.slice(0, path.lastIndexOf('/'));
      while (packages.has(at)) at = at.slice(0, at.lastIndexOf('/'));
      return at;
    }),
  );
  const [start] = starts;
  return starts.size === 1 && start?.startsWith(`${folder}/`) ? start : folder;
}
