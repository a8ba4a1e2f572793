import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ReaderName } from '../../../domain/gates/reader-names.ts';
import { canaryMaker } from './all.ts';
import { nameFrom, namesFrom } from './names.ts';

const namesOf = (reader: ReaderName): readonly string[] => {
  const maker = canaryMaker(reader);
  return maker === null ? [] : namesFrom(maker.style, nameFrom(maker.style, '00ff')).slice(0, maker.tests);
};
const canaryText = (reader: ReaderName, file: string, content: string, hex = '00ff'): string | null => {
  const maker = canaryMaker(reader);
  return maker?.plant(file, content, namesFrom(maker.style, nameFrom(maker.style, hex))) ?? null;
};

/** Runs a test file with this Node; the TAP of it. */
function tapOf(file: string, content: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'omk-canary-'));
  try {
    writeFileSync(join(dir, file), content);
    const args = ['--test', '--test-reporter=tap', file];
    return execFileSync(process.execPath, args, { cwd: dir, env: { PATH: '/usr/bin:/bin' }, encoding: 'utf8' });
  } catch (error) {
    return error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const NAMES = namesOf('node-test');
const reported = (tap: string, word: 'ok' | 'not ok'): readonly string[] =>
  NAMES.filter((name) => new RegExp(`^${word} \\d+ - ${name}$`, 'm').test(tap));

const planted = (file: string, content: string): string =>
  canaryText('node-test', file, content) ?? assert.fail('not planted');

const HONEST: Record<string, string> = {
  'a.test.js': `const { test } = require('node:test');\ntest('own', () => {})`,
  'b.test.mjs': `import { test } from 'node:test'\ntest('own', () => {})`,
  'c.test.ts': `import type {} from 'node:test'\nimport { test } from "node:test"\ntest('own', (): void => {}) // end`,
  'd.test.cjs': `'use strict'\nrequire('node:test').test('own', () => {})`,
  'f.test.mjs': `#!/usr/bin/env node\nimport { test } from 'node:test'\ntest('own', () => {})`,
  'e.test.mjs': `const { test } = await import('node:test')\ntest('own', () => {})`,
};

for (const [file, content] of Object.entries(HONEST)) {
  test(`node:test: every canary in ${file} fails, and the file's own test goes on`, () => {
    const tap = tapOf(file, planted(file, content));
    assert.deepEqual(reported(tap, 'not ok'), NAMES, tap);
    assert.match(tap, /^ok \d+ - own$/m);
  });
}

const TAMPERED = [
  'ok',
  'equal',
  'deepEqual',
  'strictEqual',
  'deepStrictEqual',
  'notEqual',
  'throws',
  'rejects',
  'match',
  'doesNotThrow',
  'fail',
  'partialDeepStrictEqual',
  'doesNotReject',
  'Assert.prototype.strictEqual',
];

for (const what of TAMPERED) {
  test(`node:test: a canary passes when assert.${what} lets everything through`, () => {
    const content = `const { test } = require('node:test');\nrequire('node:assert').${what} = () => {};\ntest('own', () => {})`;
    const tap = tapOf('a.test.js', planted('a.test.js', content));
    assert.notDeepEqual(reported(tap, 'ok'), [], tap);
  });
}

test('node:test: only files that use it carry one', () => {
  assert.equal(canaryText('node-test', 'test/helper.js', 'module.exports = 1'), null);
  assert.deepEqual(
    canaryMaker('node-test')?.candidates([
      'src/a.js',
      'test/fixtures/a.test.js',
      'src/a.test.ts',
      'test/deep/b.js',
      'node_modules/x/test.js',
      'test.mjs',
      'types.test.d.ts',
    ]),
    ['src/a.test.ts', 'test.mjs', 'test/deep/b.js', 'test/fixtures/a.test.js'],
  );
});

test('vitest: files of other runners with the same names carry none', () => {
  assert.match(canaryText('vitest', 'a.spec.ts', 'import x from "./x"') ?? '', /from 'vitest';/);
  assert.equal(canaryText('vitest', 'e2e/a.spec.ts', `import { test } from '@playwright/test'`), null);
  assert.deepEqual(canaryMaker('vitest')?.candidates(['e2e/a.spec.ts', 'src/b.test.tsx', 'src/b.ts']), [
    'src/b.test.tsx',
    'e2e/a.spec.ts',
  ]);
});

test('pytest: any test file carries one', () => {
  assert.match(
    canaryText('pytest', 'test_a.py', 'x = 1') ?? '',
    new RegExp(`^x = 1\n[^]*^def ${namesOf('pytest')[0]}\\(\\):$`, 'm'),
  );
  assert.deepEqual(canaryMaker('pytest')?.candidates(['a_test.py', 'conftest.py', 'tests/test_b.py', 'testing.py']), [
    'a_test.py',
    'tests/test_b.py',
  ]);
});

test('go: files that import testing and are built everywhere carry one', () => {
  const plant = (content: string): string | null => canaryText('go-test', 'a_test.go', content);
  assert.ok(plant('package m\n\nimport "testing"\n')?.includes(`\nfunc ${namesOf('go-test')[0]}(t *testing.T) {\n`));
  assert.notEqual(plant('package m\n\nimport (\n\t"fmt"\n\t"testing"\n)\n'), null);
  assert.equal(plant('package m\n'), null);
  assert.equal(plant('package m\n\nimport tt "testing"\n'), null);
  assert.equal(plant('//go:build integration\n\npackage m\n\nimport "testing"\n'), null);
  assert.deepEqual(
    canaryMaker('go-test')?.candidates([
      'a_test.go',
      'a.go',
      'a_windows_test.go',
      '_x/a_test.go',
      'testdata/b_test.go',
    ]),
    ['a_test.go', 'testdata/b_test.go'],
  );
});

test('each file carries every name, and no name ends with another', () => {
  for (const [reader, file, content] of [
    ['node-test', 'a.test.js', `require('node:test')`],
    ['vitest', 'a.test.ts', ''],
    ['jest', 'a.test.ts', `it('a', () => {})`],
    ['mocha', 'test/a.js', `it('a', () => {})`],
    ['ava', 'test/a.js', `import test from 'ava'`],
    ['playwright', 'a.spec.ts', `import { test } from '@playwright/test'`],
    ['tap', 'test/a.js', `import t from 'tap'`],
    ['pytest', 'test_a.py', ''],
    ['go-test', 'a_test.go', 'package m\n\nimport "testing"\n'],
    ['ctest', 'CMakeLists.txt', 'enable_testing()\nadd_test(NAME a COMMAND a)\n'],
  ] as const) {
    const names = namesOf(reader);
    assert.ok(names.length >= (reader === 'ctest' ? 2 : 3));
    const text = canaryText(reader, file, content) ?? '';
    assert.doesNotMatch(text, /omk|canary/i);
    for (const each of names) {
      assert.ok(text.includes(each), `${each} in ${text}`);
      assert.deepEqual(
        names.filter((other) => other.endsWith(each)),
        [each],
      );
    }
  }
});

test('the text depends on nothing but the file and the name', () => {
  for (const reader of ['node-test', 'vitest', 'pytest'] as const) {
    const text = `import 'node:test'`.replace('node:test', reader === 'vitest' ? 'x' : 'node:test');
    assert.equal(canaryText(reader, 'a.test.mjs', text), canaryText(reader, 'a.test.mjs', text));
    assert.notEqual(canaryText(reader, 'a.test.mjs', text), canaryText(reader, 'a.test.mjs', text, '00fe'));
  }
  assert.equal(canaryText('exit_only', 'a', ''), null);
});

test('pytest: a file whose tests all take a parameter carries none', () => {
  assert.equal(canaryText('pytest', 'test_a.py', 'pytestmark = pytest.mark.parametrize("n", [1])\n'), null);
  assert.equal(
    canaryText(
      'pytest',
      'test_a.py',
      'pytestmark = [\n    pytest.mark.slow,\n    pytest.mark.parametrize("n", [1]),\n]\n',
    ),
    null,
  );
  assert.notEqual(
    canaryText(
      'pytest',
      'test_a.py',
      'pytestmark = pytest.mark.slow\n\n@pytest.mark.parametrize("n", [1])\ndef test_n(n): pass\n',
    ),
    null,
  );
});

test('type checkers and linters of the same gate leave the file alone', () => {
  const lead = '/* eslint-disable */\n// @ts-nocheck\n';
  assert.ok(planted('a.test.ts', `import 'node:test'`).startsWith(`${lead}import`));
  assert.ok(planted('a.test.ts', `#!/bin/node\nimport 'node:test'`).startsWith(`#!/bin/node\n${lead}import`));
  assert.ok(canaryText('vitest', 'a.test.ts', 'x')?.startsWith(lead));
});

test('ctest: a case of the framework only in a file that has cases or no main of its own', () => {
  const include = '#include <doctest/doctest.h>\n';
  const main = 'int main() {\n  return check();\n}\n';
  assert.match(canaryText('ctest', 'tests/a.cpp', include) ?? '', /TEST_CASE/);
  assert.match(
    canaryText('ctest', 'tests/a.cpp', `${include}TEST_CASE("a") { CHECK(1 == 1); }\n${main}`) ?? '',
    /TEST_CASE\("own_/,
  );
  const own = canaryText('ctest', 'tests/a.cpp', `${include}${main}`) ?? '';
  assert.doesNotMatch(own, /TEST_CASE/);
  assert.match(own, /#undef main/);
});

test('ruby-test: a file gets tests of the library that it uses, and a file of neither gets none', () => {
  const text = (content: string): string | null => canaryText('ruby-test', 'test/a_test.rb', content);
  assert.match(text('class A < Minitest::Test\nend\n') ?? '', /^class \w+ < Minitest::Test$/m);
  assert.match(text("describe 'a' do\nend\n") ?? '', / < Minitest::Test$/m);
  assert.match(text('class A < Test::Unit::TestCase\nend\n') ?? '', /^class Test\w+ < Test::Unit::TestCase$/m);
  assert.equal(text("puts 'a'\n"), null);
  assert.equal(text('class A < Minitest::Test\nend\n__END__\n'), null);
});
