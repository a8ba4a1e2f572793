import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ctestCanary } from './canary.ts';

const SKIP = spawnSync('cc', ['--version']).status === 0 ? false : 'cc is not on the PATH';
const NO_CTEST = spawnSync('ctest', ['--version']).status === 0 ? false : 'ctest is not on the PATH';
const NAMES = ['keeps order 12 34', 'keeps order 56 78', 'third 1 2', 'fourth 3 4'] as const;
const TEST = '#include "sums.h"\n#include <assert.h>\nint main(void) {\n  assert(add(2, 3) == 5);\n  return 0;\n}\n';

test(
  'the assertion of a canary fails by itself, and is missed where a header switches assertions off',
  { skip: SKIP },
  (t) => {
    const dir = mkdtempSync(join(tmpdir(), 'omk-ctest-'));
    t.after(() => rmSync(dir, { recursive: true, force: true }));
    const planted = ctestCanary.plant('tests/sums.c', TEST, NAMES) ?? assert.fail('nothing is planted');
    const id = /getenv\("(\w+)"\)/.exec(planted)?.[1] ?? assert.fail('no variable is asked for');
    writeFileSync(join(dir, 'test.c'), planted);
    const codeWith = (header: string, flags: readonly string[] = []): number | null => {
      writeFileSync(join(dir, 'sums.h'), `${header}\nstatic int add(int a, int b) { return a + b; }\n`);
      const made = spawnSync('cc', ['-w', ...flags, '-o', join(dir, 'test'), join(dir, 'test.c')], {
        encoding: 'utf8',
      });
      assert.equal(made.status, 0, made.stderr);
      return spawnSync(join(dir, 'test'), { env: { [id]: '1' } }).status;
    };
    assert.notEqual(codeWith(''), 0);
    assert.equal(codeWith('#define NDEBUG'), 0, 'what it should fail for is gone');
    assert.notEqual(
      codeWith('', ['-DNDEBUG']),
      0,
      'where the build of the base has no assertions, the return value tells',
    );
  },
);

test('planted tests have names of their own in a project for a CMake of before 3.19', { skip: NO_CTEST }, (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'omk-ctest-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const lists =
    'cmake_minimum_required(VERSION 3.10)\nproject(sums NONE)\nenable_testing()\n' +
    'add_test(NAME sums COMMAND ${CMAKE_COMMAND} -E true)\n';
  writeFileSync(join(dir, 'CMakeLists.txt'), ctestCanary.plant('CMakeLists.txt', lists, NAMES) ?? '');
  const run = (program: string, ...args: readonly string[]): string =>
    spawnSync(program, args, { cwd: dir, encoding: 'utf8' }).stdout;
  run('cmake', '-S', '.', '-B', 'build');
  const names = [...run('ctest', '--test-dir', 'build', '-N').matchAll(/Test +#\d+: (.*)$/gm)].map(([, name]) => name);
  assert.deepEqual(names, ['sums', ...NAMES.slice(0, 2)]);
});
