import type { TreeFiles } from '../tree-files.ts';
import type { Detector } from './port.ts';

const TEST_FILE = /^(?:test_[^/]*|[^/]*_test)\.py$/;
const NOT_OURS = /(?:^|\/)(?:node_modules|\.?venv|site-packages|vendor|third_party)\//;

export const pytest: Detector = {
  name: 'pytest',
  async detect(files) {
    const because = await reason(files);
    return because === null ? [] : [{ id: 'pytest', argv: ['python3', '-m', 'pytest'], kind: 'test', because }];
  },
};

async function reason(files: TreeFiles): Promise<string | null> {
  if ((await files.file('pytest.ini')) !== null) return 'there is a pytest.ini';
  const pyproject = await files.text('pyproject.toml');
  if (pyproject !== null && /^\s*\[tool\.pytest[.\]]/m.test(pyproject)) return 'pyproject.toml configures pytest';
  const test = (await files.list()).find(({ path }) => TEST_FILE.test(path.slice(path.lastIndexOf('/') + 1)) && !NOT_OURS.test(path));
  return test === undefined ? null : `there is ${test.path}`;
}
