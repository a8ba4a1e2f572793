import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { classify, touchesDependencies, type PathKind } from './classify.ts';

const PATHS: Readonly<Record<PathKind, readonly string[]>> = {
  policy: ['.omk', '.omk/gates.toml', '.omk/any/thing'],
  manifest: ['package.json', 'packages/a/package.json', 'pyproject.toml', 'sub/pyproject.toml', 'package-lock.json', 'npm-shrinkwrap.json', 'test/fixtures/app/package.json',
    'pnpm-lock.yaml', 'pnpm-workspace.yaml', 'yarn.lock', 'bun.lock', 'bun.lockb', 'uv.lock', 'poetry.lock', 'Cargo.toml', 'crates/a/Cargo.toml', 'Cargo.lock', 'go.mod', 'sub/go.sum', 'pom.xml', 'a/pom.xml', 'gradle/libs.versions.toml', 'app/gradle.lockfile', 'buildscript-gradle.lockfile', 'gradle/dependency-locks/compileClasspath.lockfile', 'requirements.txt', 'requirements-dev.txt', 'requirements/test.txt', 'src/lib.rs', 'crates/a/src/b.rs',
  ],
  test: [
    'test/a.js', 'tests/helpers/b.py', 'Tests/a.rb', 'src/__tests__/a.tsx', 'src/__snapshots__/a.snap', 'spec/a_spec.rb', 'specs/x', 'e2e/a.ts', 'cypress/x.js', 'pkg/testdata/golden',
    'spec/models/a_spec.rb', 'lib/a_test.rb', 'src/test/java/a/B.java', 'a/SumsTest.java', 'a/SumsIT.kt', 'SumsTest.php', 'Acme.Tests/Sums.cs', 'src/Acme.FunctionalTests/Host.cs', 'Acme.UnitTests/Acme.UnitTests.csproj', 'src/sums_test.cc', 'test_sums.c', 'src/tests.rs', 'src/a/sums_test.rs',
    'a.test.ts', 'src/a.spec.mjs', 'a-test.js', 'a_test.cjs', 'a.tests.jsx', 'test.js', 'lib/spec.ts', 'test-math.js', 'src/test-math.mts',
    'test_a.py', 'pkg/a_test.py', 'pkg/a_tests.py', 'app/tests.py', 'test.py', 'math_test.go',
  ],
  runner: [
    'fractions.py', 'src/json/__init__.py', 'lib/decimal.py',
    'vitest.config.ts', 'vite.config.mts', 'vitest.workspace.ts', 'jest.config.js', 'jest.setup.ts', 'vitest-setup.ts', 'test-setup.js', 'testSetup.ts', 'setup-tests.ts', 'setupTests.js', 'src/setupTest.ts',
    'playwright.config.ts', 'ava.config.js', 'karma.config.js', 'babel.config.json', 'cypress.config.ts',
    '.mocharc', '.mocharc.yml', '.nycrc.json', '.c8rc', '.babelrc', '.swcrc', '.eslintrc.cjs', 'eslint.config.js', 'biome.json', '.oxlintrc.json',
    '.npmrc', 'sub/.npmrc', '.yarnrc', '.yarnrc.yml', '.pnpmfile.cjs', '.nvmrc', '.node-version', 'bunfig.toml', '.env', '.env.test', 'node.config.json', 'tsconfig.json', 'tsconfig.build.json',
    'node_modules/x/index.js', 'sub/node_modules/.bin/vitest', '__mocks__/chai.js', 'src/__mocks__/fs.js',
    'node_modules/chai/package.json', 'test/package.json', 'e2e/package-lock.json',
    'conftest.py', 'tests/conftest.py', 'sitecustomize.py', 'usercustomize.py', 'pytest.py', 'unittest.py', 'noxfile.py', 'omk_report.py', 'pytest/__init__.py', '_pytest/main.py', 'lib/pluggy/hooks.py', 'unittest/case.py',
    'pytest.ini', '.pytest.ini', 'pytest.toml', 'tox.ini', 'setup.cfg', '.coveragerc', '.python-version', 'evil.pth',
    'go.work', 'vendor/modules.txt', '.cargo/config.toml', '.yarn/releases/yarn-4.cjs', '.yarn/plugins/a.cjs', 'pip.conf', 'uv.toml', 'poetry.toml', '.mvn/extensions.xml', '.mvn/maven.config', 'settings.xml', 'mvnw', 'gradlew', 'gradle/wrapper/gradle-wrapper.jar', 'gradle.properties', 'build.gradle', 'app/build.gradle.kts', 'settings.gradle', 'buildSrc/src/main/java/A.java', 'gradle/tests.gradle', 'core/core.gradle.kts', 'build-logic/src/main/java/A.java', 'gradle/verification-metadata.xml', 'rust-toolchain', 'rust-toolchain.toml', '.config/nextest.toml', 'build.rs', 'src/main/resources/META-INF/services/org.junit.platform.launcher.TestExecutionListener', 'src/main/java/org/junit/jupiter/api/Assertions.java', 'junit-platform.properties',
    'Directory.Build.props', 'build/more.targets', 'Directory.Build.rsp', 'src/A.csproj.user', 'vendor/autoload.php', 'vendor/composer/autoload_real.php', 'rakefile', 'taskfile.yml', '.bundle/config', 'bin/rspec', 'lib/tasks/more.rake', 'turbo.json', 'Taskfile.yml', '.pnp.cjs', 'vendor/github.com/stretchr/testify/require/require.go', 'global.json', 'a/xunit.runner.json', 'test.runsettings', 'CTestCustom.cmake', 'cmake/flags.cmake', 'CMakePresets.json', 'phpunit.xml', 'phpunit.xml.dist', 'phpunit.dist.xml', '.user.ini', '.rspec', 'Rakefile', 'spec/spec_helper.rb',
    'Makefile', 'sub/GNUmakefile', 'justfile', '.tool-versions', 'mise.toml', '.mise.toml', '.envrc', 'scripts/run-tests.sh', 'check.sh', 'ci/verify.bash', 'lint.cmd',
  ],
  source: [
    'app/types.py', 'src/app/json/__init__.py', 'src/add.py',
    'src/index.ts', 'index.js', 'src/attest/a.ts', 'src/latest.ts', 'contest.py', 'src/protest.py', 'README.md', 'docs/testing.md', 'requirements.md',
    'src/environment.ts', 'Latest.java', 'AUDIT.java', 'src/Contest.cs', 'attest.c', 'src/spectrum.ts', 'app/manage.py', 'src/vite-plugin.ts', 'src/omk/x.ts', '.omkrc', 'bin/run.sh', 'src/setup.ts', 'setup.py', 'src/mocks/a.ts', 'src/make.ts', 'testing.md',
  ],
};

suite('classify', () => {
  for (const [kind, paths] of Object.entries(PATHS)) for (const path of paths) test(`${path} is ${kind}`, () => assert.equal(classify(path), kind));
});

suite('touchesDependencies', () => {
  const yes = ['package.json', 'a/package-lock.json', 'npm-shrinkwrap.json', 'requirements.txt', 'requirements-dev.txt', 'constraints.txt', 'pyproject.toml', 'setup.py', 'setup.cfg', '.npmrc', 'pnpm-lock.yaml', 'yarn.lock', '.yarnrc.yml', 'bun.lock', 'uv.lock', 'poetry.lock', 'Cargo.toml', 'Cargo.lock', '.cargo/config.toml', 'go.mod', 'go.sum', 'a/pom.xml', '.mvn/maven.config', 'build.gradle'];
  const no = ['src/package.ts', 'my-package.json', 'requirements.md', 'src/lock.yaml', 'setup.ts'];
  test('knows what may change an installation', () => {
    assert.deepEqual(yes.filter((path) => !touchesDependencies(path)), []);
    assert.deepEqual(no.filter(touchesDependencies), []);
  });
});
