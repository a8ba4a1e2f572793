import type { TreeFiles } from '../../../world/gates/tree-files.ts';
import type { Detector } from '../../../world/gates/detect/port.ts';
import { namesPytest } from '../tests.ts';

const MANAGE = /(?:^|\/)manage\.py$/;
const TESTS = /(?:^|\/)(?:tests?|test_[^/]*|[^/]*_tests?)\.py$/;
/** More test files than this are taken for what the first ones are. */
const READ = 40;

export const django: Detector = {
  name: 'django',
  async detect(files) {
    const path = await managedBy(files);
    if (path === null) return [];
    const cwd = path.includes('/') ? { cwd: path.slice(0, path.lastIndexOf('/')) } : {};
    const because = `there is ${path}, and pytest is not used`;
    return [{ id: 'django', argv: ['python3', 'manage.py', 'test'], kind: 'test', ...cwd, because }];
  },
};

/** The `manage.py` whose tests Django itself runs; null where there is none, or where pytest runs them. */
export async function managedBy(files: TreeFiles): Promise<string | null> {
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
