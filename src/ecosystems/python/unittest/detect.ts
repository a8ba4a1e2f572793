import type { Detector } from '../../../world/gates/detect/port.ts';
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
    const found = plain.length > 0 ? plain : tests;
    const pattern = plain.length > 0 ? [] : ['-p', '*_test.py'];
    const [first] = found;
    if (settings || first === undefined || (await startedByDjango(files)) !== null || !(await isUnittest(files)))
      return [];
    const folders = new Set(found.map((path) => path.split('/').slice(0, -1)[0] ?? ''));
    const [folder = ''] = folders;
    const inside = folders.size === 1 && folder !== '';
    const isPackage = inside && (await files.file(`${folder}/__init__.py`)) !== null;
    const within = isPackage ? ['-s', folder, '-t', '.'] : ['-s', folder];
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
