import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isVendoredRunner } from './vendored.ts';

suite('copies of libraries that judge', () => {
  const JUDGES = [
    'vendor/github.com/stretchr/testify/assert/assertions.go',
    'services/a/vendor/gotest.tools/v3/assert/assert.go',
    'third_party/doctest/doctest.h',
    'external/catch.hpp',
    'extern/Catch2-3.5.0/src/catch2/catch_all.hpp',
    'subprojects/googletest/googletest/src/gtest.cc',
    'lib/googletest/src/gtest.cc',
    'include/doctest.h',
    'include/catch.hpp',
    'third_party/unity/unity.c',
    'vendors/rspec-core/lib/rspec.rb',
    '.yarn/cache/@vitest-expect-npm-1.2.0-0a1b2c3d4e-100.zip',
    'lib/xunit.assert.dll',
    'libs/junit-4.13.2.jar',
    'vendor/rstest-0.18.2/src/lib.rs',
    'vendor/bundle/ruby/3.1.0/gems/rspec-core-3.12.0/lib/rspec/core.rb',
    'vendor/cache/rspec-core-3.12.0.gem',
    'vendor/phpunit/phpunit/src/TextUI/Application.php',
    'src/_vendor/pytest/main.py',
    '.yarn/cache/vitest-npm-1.2.0-0a1b2c3d4e-100.zip',
  ];
  for (const path of JUDGES) test(path, () => assert.equal(isVendoredRunner(path), true));

  const OWN = [
    'vendor/github.com/pkg/errors/errors.go',
    'vendor/modules.txt',
    'third_party/zlib/zlib.h',
    'libs/money/src/unity.ts',
    'lib/expect.js',
    'lib/tap/index.js',
    'src/vendor.ts',
    'src/assert.go',
    'django/contrib/karma/models.py',
    'src/external/insta/client.py',
    'src/deps/ava/index.ts',
    'lib/net/tap.c',
    'libs/unity/scene.cpp',
    'src/unity.cpp',
    'contrib/vim/expect.vim',
    '.yarn/cache/lodash-npm-4.17.21-0a1b2c3d4e-100.zip',
  ];
  for (const path of OWN) test(`not ${path}`, () => assert.equal(isVendoredRunner(path), false));
});
