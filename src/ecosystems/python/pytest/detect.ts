import type { TreeFiles } from '../../../world/gates/tree-files.ts';
import type { Detector } from '../../../world/gates/detect/port.ts';
import { startedByDjango } from '../django/detect.ts';
import { isUnittest, pythonTests } from '../tests.ts';

export const pytest: Detector = {
  name: 'pytest',
  looksFor: 'pytest',
  async detect(files) {
    const because = await reason(files);
    return because === null ? [] : [{ id: 'pytest', argv: ['python3', '-m', 'pytest'], kind: 'test', because }];
  },
};

async function reason(files: TreeFiles): Promise<string | null> {
  if ((await files.file('pytest.ini')) !== null) return 'there is a pytest.ini';
  const pyproject = await files.text('pyproject.toml');
  if (pyproject !== null && /^\s*\[tool\.pytest[.\]]/m.test(pyproject)) return 'pyproject.toml configures pytest';
  const [test] = await pythonTests(files);
  return test === undefined || (await startedByDjango(files)) !== null || (await isUnittest(files))
    ? null
    : `there is ${test}`;
}
