import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { isToolCache } from './tool-caches.ts';

const CACHES = [
  'tsconfig.tsbuildinfo', 'packages/a/dist/tsconfig.lib.tsbuildinfo', '.tsbuildinfo', '.eslintcache', 'a/.eslintcache',
  '.ESLintCache', '.stylelintcache', '.jest-cache/x', '.parcel-cache/a', '.turbo/cache/a.tar.zst',
  '.turbo/turbo-build.log', '.nx/cache/1', '.nyc_output/a.json', '.pnpm-store/v10/a',
  '.mypy_cache', '.mypy_cache/3.12/a.meta.json', '.ruff_cache/0.1/a', '.pytest_cache/v/cache/lastfailed',
  '__pycache__/a.cpython-312.pyc', 'a/pytest.pyc', 'sitecustomize.pyo', '.venv/bin/python', '.tox/py312/bin/pytest',
  '.coverage',
  'target/debug/.fingerprint/a/b', 'target/debug/deps/a', 'a/target/x86_64-unknown-linux-gnu/release/build/a/out',
  'target/.rustc_info.json', 'target/classes/A.class', 'a/target/test-classes/ATest.class',
  'target/maven-status/x', '.gradle/8.5/executionHistory/a.bin', 'build/classes/java/test/ATest.class',
  'obj/Debug/net8.0/a.dll', 'a/bin/Release/net8.0/a.dll', 'obj/A.csproj.nuget.g.props', 'obj/project.assets.json',
  'CMakeCache.txt', 'build/CMakeFiles/a.dir/a.o', 'build/.ninja_deps', '.phpunit.result.cache',
  '.phpunit.cache/test-results', '.php-cs-fixer.cache', '.rspec_status', '.cache/babel/a.json',
]; // prettier-ignore
const OTHERS = [
  'build/out.js', 'build/index.ts', 'cache/store.ts', 'src/cache.py', 'lib/caches/a.rb', 'dist/index.js', 'bin/run.sh',
  'bin/debug', 'obj/model.obj', 'src/target/x86.rs', 'target/debug.ts', 'target/release/notes.md', 'target/index.ts',
  'src/build/classes.ts', 'build/classes/index.ts', '.coveragerc', 'coverage/a.ts', 'venv.py', 'src/venv/a.py',
  '.gradle.kts', 'gradle/libs.versions.toml', '.turbo/config.json', '.yarn/cache/a.zip', '.yarn/releases/yarn-4.cjs',
  '.github/cache.yml',
  'tsbuildinfo.ts', 'src/eslintcache.ts', 'a.pycx', 'a.py', '.cached', '.swcrc', '.nxignore', '.pyre_configuration',
  'CMakeLists.txt', 'docs/CMakeCache.md', '.rspec', '.phpunit.xml', '.next/types/a.ts', 'obj/a.props',
  'mypy_cache/a.py',
]; // prettier-ignore

suite('what a tool keeps for itself', () => {
  for (const path of CACHES) test(`${path} is`, () => assert.ok(isToolCache(path)));
  for (const path of OTHERS) test(`${path} is not`, () => assert.ok(!isToolCache(path)));

  test('is so wherever it lies, and so is all that lies in it', () => {
    const part = fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}(\.ts)?$/);
    const folder = fc.array(part, { maxLength: 3 }).map((parts) => parts.map((each) => `${each}/`).join(''));
    fc.assert(
      fc.property(
        fc.constantFrom(...CACHES),
        folder,
        part,
        (path, above, below) => isToolCache(`${above}${path}`) && isToolCache(`${above}${path}/${below}`),
      ),
    );
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 4 }),
        (parts) => !isToolCache(['src', ...parts].join('/')) || parts.includes('target') || parts.includes('build'),
      ),
    );
  });
});
