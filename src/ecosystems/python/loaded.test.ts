import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { withLoaded } from '../../world/gates/readers/loaded.ts';

test('names of what came from outside, and folders of the checkout that are looked into', () => {
  const tests = { kind: 'tests', tests: { passed: [], failed: [], skipped: [] } } as const;
  const line = {
    event: 'loaded',
    files: [
      '/usr/lib/python3.11/argparse.py',
      '/usr/lib/python3.11/json/__init__.py',
      '/usr/lib/python3.11/lib-dynload/_json.cpython-311-x86_64-linux-gnu.so',
      '/omk/checkout/.venv/lib/python3.11/site-packages/_pytest/__init__.py',
      '/omk/checkout/src/add.py',
      '/elsewhere/x.py',
    ],
    paths: [
      '/omk/checkout',
      '/omk/checkout/src',
      '/usr/lib/python3.11',
      '/usr/lib/python3.11/lib-dynload',
      '/omk/checkout/.venv/lib/python3.11/site-packages',
    ],
  } as const;
  const found = withLoaded(tests, { ...line, files: [...line.files], paths: [...line.paths] }, '/omk/checkout');
  assert.deepEqual(found.kind === 'tests' ? found.loaded : null, {
    outside: ['_json', '_pytest', 'argparse', 'json'],
    paths: ['', 'src'],
  });
  const plugins = ['/omk/checkout/helpers/plug.py', '/usr/lib/python3/plugin.py', '/omk/checkout/conftest.py'];
  const more = withLoaded(tests, { event: 'loaded', files: [], paths: [], plugins }, '/omk/checkout');
  assert.deepEqual(more.kind === 'tests' ? more.loaded?.plugins : null, ['conftest.py', 'helpers/plug.py']);
  assert.deepEqual(withLoaded(tests, undefined, '/omk/checkout'), tests, 'a report of before');
});

test('a module that cannot be asked for its file is left out, and the others are told', (t) => {
  const script =
    'import sys, types\nclass Lazy(types.ModuleType):\n    def __getattribute__(self, name):\n        import does_not_exist\n' +
    "sys.modules['lazy'] = Lazy('lazy')\nfrom loaded import loaded\nprint(len(loaded()['files']) > 3)\n";
  const ran = spawnSync('python3', ['-c', script], { cwd: import.meta.dirname, encoding: 'utf8' });
  if (ran.error !== undefined) return t.skip('python3 is not on the PATH');
  return assert.equal(ran.stdout, 'True\n', ran.stderr);
});
