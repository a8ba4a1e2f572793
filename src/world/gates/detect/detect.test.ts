import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeVault, type Files } from '../testing/fake-vault.ts';
import { detectGates } from './detect.ts';
import { projectFolders } from './folders.ts';
import { detected } from './testing/detected.ts';

const pkg = (scripts: Record<string, string>, more = {}): Files => ({
  'package.json': JSON.stringify({ ...more, scripts }),
});

test('npm: test, typecheck and lint, and nothing else', async () => {
  assert.deepEqual(await detected(pkg({ test: 'node --test', build: 'x', typecheck: 'tsc', lint: 'eslint .' })), [
    'npm-test: npm test (test, node-test)',
    'npm-typecheck: npm run typecheck (command, exit_only)',
    'npm-lint: npm run lint (command, exit_only)',
  ]);
});

test('npm: the placeholder of npm init is no test', async () => {
  assert.deepEqual(await detected(pkg({ test: 'echo "Error: no test specified" && exit 1' })), []);
});

test('npm: what asks a registry after the tests is left out, with nothing else', async () => {
  const test = {
    pretest: 'npm run lint',
    lint: 'eslint .',
    test: 'npm run tests-only',
    'tests-only': "nyc tape 'a.js'",
  };
  const lint = 'npm-lint: npm run lint (command, exit_only)';
  for (const posttest of [
    "npx npm@'>=10.2' audit --production",
    'aud --production',
    'npx aud',
    'npm audit && yarn audit',
  ])
    assert.deepEqual(
      await detected(pkg({ ...test, posttest })),
      ['npm-test: sh -c npm run pretest && npm test --ignore-scripts (test, tape)', lint],
      posttest,
    );
  assert.deepEqual(await detected(pkg({ test: 'tape a.js', posttest: 'npm audit' })), [
    'npm-test: sh -c npm test --ignore-scripts (test, tape)',
  ]);
  const whole = ['npm-test: npm test (test, tape)', lint];
  assert.deepEqual(await detected(pkg({ ...test, posttest: 'npm run lint' })), whole);
  assert.deepEqual(await detected(pkg({ ...test, posttest: 'npm audit && npm run check' })), whole);
  assert.deepEqual(await detected(pkg({ ...test, posttest: 'npm audit', 'pretests-only': 'make' })), whole);
});

test('npm: what "prepare" builds is built first, where a script needs it', async () => {
  const scripts = { build: 'tsc -p .', prepare: 'husky && npm run build && tsc --noEmit' };
  const gates = (more: Record<string, string>, files: Files = {}, manifest = {}): Promise<string[]> =>
    gatesIn({
      ...pkg({ ...scripts, ...more }, { name: '@m/a', exports: { '.': './dist/index.js' }, ...manifest }),
      ...files,
    });
  const first = 'PATH="$PWD/node_modules/.bin:$PATH" && npm run build && ';
  const tested = 'npm-test: npm test in .';
  const built = `npm-test: sh -c ${first}npm test in .`;
  const importing = (from: string): Files => ({ 'test/a.test.js': `import { a } from '${from}';` });
  const test = { test: 'node --test' };
  assert.deepEqual(await gates(test, importing('../src/index.js')), [tested]);
  assert.deepEqual(await gates(test, importing('../dist/index.js')), [built]);
  assert.deepEqual(await gates(test, importing('@m/a')), [built]);
  assert.deepEqual(await gates(test, importing('@m/abc')), [tested]);
  assert.deepEqual(await gates({ test: 'node --test && npm run size', size: 'size-limit' }), [built]);
  assert.deepEqual(await gates({ test: 'node dist/test.js' }), [built]);
  assert.deepEqual(await gates({ lint: 'tsc --noEmit && publint' }), [`npm-lint: sh -c ${first}npm run lint in .`]);
  // It builds itself, what it needs is there, nothing is built, or nothing is made.
  assert.deepEqual(await gates({ ...test, pretest: 'npm run build' }, importing('../dist/index.js')), [tested]);
  assert.deepEqual(await gates(test, { ...importing('../dist/index.js'), 'dist/index.js': '' }), [tested]);
  assert.deepEqual(await gates({ ...test, prepare: 'husky' }, importing('../dist/index.js')), [tested]);
  assert.deepEqual(await gates(test, importing('../dist/index.js'), { exports: './index.js' }), [tested]);
});

test('npm: the package manager is the one the project names', async () => {
  assert.deepEqual(await detected({ ...pkg({ test: 'vitest run' }), 'pnpm-lock.yaml': '' }), [
    'pnpm-test: pnpm test (test, vitest)',
  ]);
  assert.deepEqual(await detected({ ...pkg({ test: 'jest' }), 'yarn.lock': '' }), [
    'yarn-test: yarn test (test, jest)',
  ]);
  assert.deepEqual(await detected({ ...pkg({ test: 'jest' }, { packageManager: 'npm@10.1.0' }), 'yarn.lock': '' }), [
    'npm-test: npm test (test, jest)',
  ]);
});

test('npm: a manifest that cannot be read has no scripts', async () => {
  for (const text of ['', '{', '[]', 'null', '{"scripts":[]}', '{"scripts":{"test":1}}'])
    assert.deepEqual(await detected({ 'package.json': text }), []);
});

test('node: a plain script counts tests only when it imports node:test', async () => {
  assert.deepEqual(await detected({ ...pkg({ test: 'node test.js' }), 'test.js': `require('node:test')` }), [
    'npm-test: npm test (test, node-test)',
  ]);
  assert.deepEqual(await detected({ ...pkg({ test: 'node test.js' }), 'test.js': `require('assert')` }), [
    'npm-test: npm test (test, exit_only)',
  ]);
});

const gatesIn = async (files: Files): Promise<string[]> =>
  (await detectGates(fakeVault({ t: files }), 't')).map((gate) => `${gate.id}: ${gate.argv.join(' ')} in ${gate.cwd}`);

test('workspaces of npm and pnpm: a gate for each package, and none for a root that only starts them', async () => {
  const packages = {
    'packages/a/package.json': '{"scripts":{"test":"node --test"}}',
    'packages/B C/package.json': '{"scripts":{"test":"node --test"}}',
    'packages/none/package.json': '{}',
    'packages/a/node_modules/x/package.json': '{"scripts":{"test":"x"}}',
    'other/package.json': '{"scripts":{"test":"x"}}',
  };
  const both = ['npm-test-packages-b-c: npm test in packages/B C', 'npm-test-packages-a: npm test in packages/a'];
  const workspaces = ['packages/*'];
  assert.deepEqual(await gatesIn({ ...pkg({ test: 'npm test --workspaces' }, { workspaces }), ...packages }), both);
  assert.deepEqual(
    await gatesIn({ ...pkg({ test: 'node --test' }, { workspaces: { packages: workspaces } }), ...packages }),
    ['npm-test: npm test in .', ...both],
  );
  // A root that delegates to packages without tests still is a gate: it must not vanish.
  assert.deepEqual(await gatesIn(pkg({ test: 'turbo test' }, { workspaces })), ['npm-test: npm test in .']);
  const pnpm = {
    'pnpm-workspace.yaml': 'packages:\n  - "packages/*"\n  - \'!packages/a\' # not\ncatalog:\n  - x\n',
    'pnpm-lock.yaml': '',
  };
  assert.deepEqual(await gatesIn({ ...pkg({ test: 'pnpm -r test' }), ...pnpm, ...packages }), [
    'pnpm-test-packages-b-c: pnpm test in packages/B C',
  ]);
});

test('a package depends on all but the packages that it does not use, directly or through others', async () => {
  const manifest = (name: string, uses: object = {}): string =>
    JSON.stringify({ name, scripts: { test: 'node --test' }, ...uses });
  const files = {
    ...pkg({}, { workspaces: ['packages/*', 'packages/app/plugins/*'] }),
    'packages/app/package.json': manifest('app', { dependencies: { '@x/lib': 'workspace:*', left: '1.0.0' } }),
    'packages/app/plugins/p/package.json': manifest('p', { peerDependencies: { app: '*' } }),
    'packages/base/package.json': manifest('base', { devDependencies: { base: '*' } }),
    'packages/lib/package.json': manifest('@x/lib', { optionalDependencies: { base: '*' } }),
    'packages/odd/package.json': '{"name": "odd", "scripts": {"test": "node --test"}, "dependencies": 1}',
  };
  const gates = await detectGates(fakeVault({ t: files }), 't');
  assert.deepEqual(Object.fromEntries(gates.map(({ cwd, inputs }) => [cwd, inputs])), {
    'packages/app': ['!packages/odd'],
    'packages/app/plugins/p': ['!packages/odd'],
    'packages/base': ['!packages/app', '!packages/app/plugins/p', '!packages/lib', '!packages/odd'],
    'packages/lib': ['!packages/app', '!packages/app/plugins/p', '!packages/odd'],
    'packages/odd': ['!packages/app', '!packages/app/plugins/p', '!packages/base', '!packages/lib'],
  });
});

const GO_TEST = 'func TestIt(t *testing.T) {}\n';

test('go: a gate for each module with tests, those of the workspace where there is one', async () => {
  const modules = {
    'a/go.mod': '',
    'a/a_test.go': GO_TEST,
    'b/go.mod': '',
    'b/b.go': '',
    'b/c/go.mod': '',
    'b/c/c_test.go': GO_TEST,
    'a/testdata/m/go.mod': '',
    'a/testdata/m/m_test.go': GO_TEST,
  };
  assert.deepEqual(await gatesIn(modules), ['go-test-a: go test ./... in a', 'go-test-b-c: go test ./... in b/c']);
  assert.deepEqual(
    await gatesIn({
      ...modules,
      'go.mod': '',
      'r_test.go': GO_TEST,
      'go.work': 'go 1.21\nuse (\n\t. // root\n\t./a\n)\n',
    }),
    ['go-test: go test ./... in .', 'go-test-a: go test ./... in a'],
  );
});

test('gates of folders that are named alike have names of their own', async () => {
  const modules = { 'a-b/go.mod': '', 'a-b/a_test.go': GO_TEST, 'a/b/go.mod': '', 'a/b/a_test.go': GO_TEST };
  assert.deepEqual(await gatesIn(modules), [
    'go-test-a-b: go test ./... in a-b',
    'go-test-a-b-2: go test ./... in a/b',
  ]);
});

test('projects in folders have their gates there, where the root is none', async () => {
  const files = {
    'README.md': '',
    'backend/pyproject.toml': '[tool.pytest.ini_options]\n',
    'backend/tests/test_a.py': 'import pytest\n',
    'frontend/package.json': '{"scripts":{"test":"vitest run"}}',
    'examples/package.json': '{"scripts":{"test":"x"}}',
    'Shop Two/pom.xml': '<project/>',
  };
  assert.deepEqual(await gatesIn(files), [
    'npm-test-frontend: npm test in frontend',
    'pytest-backend: python3 -m pytest in backend',
    'maven-test-shop-two: mvn -B test in Shop Two',
  ]);
  const whole = { ...files, 'package.json': '{"scripts":{"test":"node --test"}}' };
  assert.deepEqual(await gatesIn(whole), ['npm-test: npm test in .', 'pytest: python3 -m pytest in .']);
});

test('the folders of projects are the shallowest that have a manifest', () => {
  const both = ['README.md', 'frontend/package.json', 'backend/pyproject.toml', 'backend/web/package.json'];
  assert.deepEqual(projectFolders(both), ['backend', 'frontend']);
  assert.deepEqual(projectFolders([...both, 'package.json']), []);
  assert.deepEqual(projectFolders(['apps/web/package.json', 'apps/api/go.mod']), ['apps/api', 'apps/web']);
  const aside = ['examples/a/package.json', 'docs/package.json', '.github/package.json', 'x/test/package.json'];
  assert.deepEqual(projectFolders([...aside, 'a/b/c/package.json', 'README.md']), []);
});

test('cargo, go and pytest', async () => {
  assert.deepEqual(await detected({ 'Cargo.toml': '' }), ['cargo-test: cargo test (test, cargo-test)']);
  assert.deepEqual(await detected({ 'go.mod': '' }), ['go-test: go test ./... (test, go-test)']);
  for (const files of [
    { 'pytest.ini': '' },
    { 'pyproject.toml': '[tool.pytest.ini_options]\n' },
    { 'a/test_x.py': '' },
    { 'x_test.py': '' },
  ]) {
    assert.deepEqual(await detected(files), ['pytest: python3 -m pytest (test, pytest)']);
  }
  assert.deepEqual(
    await detected({ 'pyproject.toml': '[tool.black]', 'node_modules/a/test_x.py': '', 'testing.py': '' }),
    [],
  );
});

test('maven, gradle, .NET, CMake, PHPUnit and RSpec', async () => {
  assert.deepEqual(await detected({ 'pom.xml': '' }), ['maven-test: mvn -B test (test, maven)']);
  assert.deepEqual(await detected({ 'build.gradle.kts': '' }), ['gradle-test: gradle test (test, gradle)']);
  assert.deepEqual(await detected({ 'build.gradle': '', 'pom.xml': '<project/>' }), [
    'maven-test: mvn -B test (test, maven)',
  ]);
  assert.deepEqual(await detected({ 'a_test.go': 'func TestA(t *testing.T) {}' }), [
    'go-test: go test ./... (test, go-test)',
  ]);
  assert.deepEqual(await detected({ 'Acme.sln': '', 'a/A.csproj': '' }), ['dotnet-test: dotnet test (test, dotnet)']);
  const solution = 'Project("{8BC9}") = "lz", "lz\\lz.vcxproj", "{9800}"\n';
  assert.deepEqual(await detected({ 'Lz.sln': solution, 'lz/lz.vcxproj': '' }), [], 'a solution of C++ alone');
  const both = `${solution}Project("{FAE0}") = "A", "a\\A.csproj", "{9801}"\n`;
  assert.deepEqual(await detected({ 'Both.sln': both }), ['dotnet-test: dotnet test (test, dotnet)']);
  assert.match(
    (await detected({ 'CMakeLists.txt': 'project(a)\nenable_testing()\n' })).join(),
    /^ctest: sh -c cmake .* --parallel "\$\(getconf _NPROCESSORS_ONLN\)" && ctest .* \(test, ctest\)$/,
  );
  assert.match(
    (
      await detected({ 'CMakeLists.txt': 'project(a)\noption(A_TEST "" OFF)\nif(A_TEST)\nenable_testing()\nendif()\n' })
    ).join(),
    /^ctest: sh -c cmake -DA_TEST=ON -S \./,
  );
  assert.deepEqual(await detected({ 'CMakeLists.txt': 'project(a)\n' }), []);
  assert.deepEqual(await detected({ 'phpunit.xml.dist': '' }), ['phpunit: phpunit (test, phpunit)']);
  assert.deepEqual(
    await detected({ 'phpunit.xml': '', 'composer.json': '{"require-dev":{"phpunit/phpunit":"^11"}}' }),
    ['phpunit: vendor/bin/phpunit (test, phpunit)'],
  );
  assert.deepEqual(await detected({ '.rspec': '' }), ['rspec: rspec (test, rspec)']);
  assert.deepEqual(await detected({ 'spec/a_spec.rb': '' }), ['rspec: rspec (test, rspec)']);
  const minitest = { 'spec/a_spec.rb': '', 'spec/spec_helper.rb': "require 'minitest/autorun'\n" };
  assert.deepEqual(await detected(minitest), [
    "ruby-test: ruby -Ilib -Ispec -e Dir['./spec/**/*_spec.rb'].sort.each { |file| require file } (test, ruby-test)",
  ]);
  assert.deepEqual(await detected({ ...minitest, Gemfile: "gem 'rspec'\n" }), [
    'rspec: bundle exec rspec (test, rspec)',
  ]);
  assert.deepEqual(await detected({ 'spec/a_spec.rb': '', Gemfile: "gem 'rspec', '~> 3'\n" }), [
    'rspec: bundle exec rspec (test, rspec)',
  ]);
});

test('Ruby without RSpec: the task that the project has, else each file', async () => {
  const tests = { 'test/a_test.rb': '' };
  const rake = { Rakefile: "require 'rake/testtask'\nRake::TestTask.new(:unit)\ntask test: :unit\n" };
  assert.deepEqual(await detected({ ...tests, ...rake }), ['ruby-test: rake test (test, ruby-test)']);
  assert.deepEqual(await detected({ ...tests, ...rake, Gemfile: "gem 'minitest'\n" }), [
    'ruby-test: bundle exec rake test (test, ruby-test)',
  ]);
  assert.deepEqual(await detected({ 'test/spec_a.rb': '', ...rake, Gemfile: 'gemspec\n' }), [
    'ruby-test: bundle exec rake test (test, ruby-test)',
  ]);
  assert.deepEqual(await detected({ ...tests, 'bin/rails': '', Gemfile: "gem 'rails'\n" }), [
    'ruby-test: bin/rails test (test, ruby-test)',
  ]);
  assert.match((await detected(tests))[0] ?? '', /^ruby-test: ruby -Ilib -Itest -e .* \(test, ruby-test\)$/);
  assert.deepEqual(await detected({ ...rake, 'lib/a_test.rb': '' }), []);
});

test('a Makefile alone is asked for its tests where there are sources of C', async () => {
  const files = { Makefile: 'all: a\n\ntest: test_a\n\t./test_a\n', 'a.c': '' };
  assert.deepEqual(await detected(files), ['make-test: make test (test, exit_only)']);
  assert.deepEqual(await detected({ ...files, Makefile: 'check: a\n' }), ['make-check: make check (test, exit_only)']);
  for (const other of [
    { Makefile: 'test := a\nall: a\n' },
    { 'a.c': 0 },
    { configure: '' },
    { 'go.mod': 'module a' },
  ]) {
    const all = Object.entries({ ...files, ...other }).filter(([, text]) => text !== 0);
    assert.ok(
      !(await detected(Object.fromEntries(all.map(([path, text]) => [path, String(text)])))).some((each) =>
        each.startsWith('make'),
      ),
    );
  }
});
