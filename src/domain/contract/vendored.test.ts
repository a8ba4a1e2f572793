import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isVendored, loadsLibraryOf, vendoredForTests } from './vendored.ts';

test('folders for the code of others, and archives among libraries', () => {
  for (const path of [
    'vendor/github.com/stretchr/testify/assert/assertions.go',
    'third_party/zlib/zlib.h',
    'src/_vendor/pytest/main.py',
    '.yarn/cache/vitest-npm-1.2.0-0a1b2c3d4e-100.zip',
    'libs/junit-4.13.2.jar',
    'lib/xunit.assert.dll',
  ])
    assert.ok(isVendored(path), path);
  for (const path of ['src/vendor.ts', 'lib/expect.js', 'libs/money/src/unity.ts', 'src/assert.go'])
    assert.ok(!isVendored(path), path);
});

test('code loads a library by its name, by a path into it, or by one of its files', () => {
  for (const [path, text] of [
    [
      'vendor/github.com/stretchr/testify/assert/assertions.go',
      'import (\n\t"testing"\n\n\t"github.com/stretchr/testify/require"\n)',
    ],
    ['vendor/sayso/__init__.py', 'from sayso import that'],
    ['vendor/sayso/deep/core.py', 'import sayso.other'],
    ['vendor/sayso/index.js', 'import { that } from "../vendor/sayso/index.js";'],
    ['vendor/@acme/say/index.js', 'const say = require("@acme/say");'],
    ['third_party/doctest/doctest.h', '#include "doctest.h"'],
    ['third_party/check-1.2.0/include/check.h', '#include <check/check.h>'],
    ['vendor/rstest-0.18.2/src/lib.rs', 'use rstest::rstest;'],
    ['vendor/acme/lib/src/A.php', 'use Acme\\Lib\\A;'],
  ] as const)
    assert.ok(loadsLibraryOf(path, text), text);
  for (const [path, text] of [
    ['vendor/github.com/stretchr/testify/assert/assertions.go', 'import "github.com/pkg/errors"'],
    ['vendor/sayso/index.js', '// what sayso says'],
    ['vendor/sayso/index.js', 'import { say } from "./say.js";'],
  ] as const)
    assert.ok(!loadsLibraryOf(path, text), text);
});

const denied = (path: string, base: Readonly<Record<string, string>>, change: 'modified' | 'added' = 'modified') =>
  vendoredForTests([{ path, change, oldMode: '100644', newMode: '100644' }], {
    mentions: async () => Object.entries(base).map(([each, text]) => ({ path: each, text })),
  });

test('code of others stays the base’s unless the product loads it', async () => {
  const path = 'vendor/example.org/check/check.go';
  const tests = { 'a_test.go': '\t"example.org/check"\n', 'go.mod': 'require example.org/check v1.0.0\n' };
  assert.deepEqual(await denied(path, tests), [path]);
  assert.deepEqual(await denied(path, { ...tests, 'a.go': 'import "example.org/check"\n' }), []);
  assert.deepEqual(await denied(path, {}), [path], 'nobody names it: another library may load it');
  assert.deepEqual(await denied(path, {}, 'added'), []);
  assert.deepEqual(await denied(path, tests, 'added'), [path]);
  assert.deepEqual(await denied('src/check.go', tests), []);
});
