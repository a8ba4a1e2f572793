import type { RepoPath } from '../ids.ts';
import { isInstallSetting } from './install-settings.ts';
import { isDependencyManifest } from './manifest-files.ts';
import { isVendoredRunner } from './vendored.ts';

/** `policy`: `.omk/`. `runner`: decides how tests or checks run. `manifest`: has a runner part and a part that is the candidate's own. */
export type PathKind = 'policy' | 'test' | 'runner' | 'manifest' | 'source';

const TEST = [
  /(^|\/)(tests?|__tests__|__snapshots__|specs?|e2e|cypress|testdata|testing|test-?utils?|test-?helpers?)\//i,
  /(^|\/)[^/]*[._-](test|spec)s?\.[cm]?[jt]sx?$/i,
  /(^|\/)(test|spec)\.[cm]?[jt]sx?$/i,
  /(^|\/)test-[^/]*\.[cm]?[jt]sx?$/i,
  /(^|\/)(test_[^/]*|[^/]*_tests?|tests?)\.py$/i,
  /_test\.go$/,
  /(^|\/)[^/]*_(spec|test)\.rb$/,
  /(^|\/)([^/]*Tests?|Test[A-Z][^/]*|[^/]*TestCase|[^/]*[a-z]IT)\.(java|kt|groovy|php|cs)$/,
  /(^|\/)[\w.-]*\.(Unit|Integration|Functional|Acceptance|EndToEnd|E2E)?Tests?\//,
  /(^|\/)(test_[^/]*|[^/]*_(unit)?tests?)\.(c|cc|cpp|cxx|h|hpp)$/,
  /(^|\/)(tests?|[^/]*_tests?)\.rs$/,
];

/**
 * Files that change how tests run, by ecosystem. Edits are overlaid by the base's, additions are taken out (trust rule T6).
 * Published in docs/gates.md.
 */
const RUNNER_FILES: Readonly<Record<string, readonly RegExp[]>> = {
  javascript: [
    new RegExp(
      String.raw`(^|\/)(vitest|vite|jest|playwright|playwright-ct|cypress|ava|karma|mocha|babel|jasmine|` +
        String.raw`tap)\.(config|workspace|setup|preset|shims|environment)\.[^/]+$`,
    ),
    /(^|\/)\.?jasmine\.json$/,
    /(^|\/)(global-?(setup|teardown)|setup[._-]?(jest|vitest|mocha))\.[^/]+$/i,
    /(^|\/)(vitest|jest|mocha|test)[.-]?setup\.[^/]+$/i,
    /(^|\/)setup-?tests?\.[^/]+$/i,
    /(^|\/)\.(mocharc|taprc|nycrc|c8rc|babelrc|swcrc|eslintrc|eslintignore|oxlintrc|prettierrc|prettierignore)(\.[^/]+)?$/,
    /(^|\/)(eslint\.config|prettier\.config|biome)\.[^/]+$/,
    // Runners of tasks, and of tests in a browser.
    /(^|\/)([Gg]ulpfile|[Gg]runtfile|web-test-runner\.config|wtr\.config)(\.[^/]+)?\.(?:[cm]?[jt]s|coffee)$/,
    /(^|\/)\.(npmrc|yarnrc|yarnrc\.yml|pnpmfile\.cjs|nvmrc|node-version)$/,
    /(^|\/)(bunfig\.toml|\.env(\.(?!example$|sample$|template$|dist$).*)?|node\.config\.json|[jt]sconfig[^/]*\.json)$/,
    // Jest puts these in the place of packages, asked or not.
    /(^|\/)__mocks__\//,
    /(^|\/)node_modules\//,
  ],
  python: [
    /(^|\/)(conftest|sitecustomize|usercustomize|pytest|unittest|noxfile|omk_report)\.py$/,
    /(^|\/)hatch\.toml$/,
    /(^|\/)(\.?pytest\.ini|\.?pytest\.toml|tox\.ini|setup\.cfg|\.coveragerc|\.python-version|\.pdbrc)$/,
    /\.pth$/,
    // What is installed from one may hold a plugin of pytest, which loads itself.
    /\.(whl|egg)$/,
    // An entry point in these loads a plugin into pytest.
    /(^|\/)[^/]+\.(egg-info|dist-info)\//,
    /(^|\/)(\.?ruff\.toml|\.?mypy\.ini|\.flake8|\.?pylintrc|pyrightconfig\.json)$/,
  ],
  go: [/(^|\/)(go\.work|vendor\/modules\.txt|\.golangci\.[^/]+)$/],
  // A build of Gradle is a program, which decides about tests too.
  gradle: [/\.gradle(\.kts)?$/, /(^|\/)(buildSrc|build-logic)\//, /(^|\/)gradle\/verification-[^/]+$/],
  // A build script runs before the tests are compiled, beside their sources.
  rust: [/(^|\/)\.cargo\//, /(^|\/)(rust-toolchain(\.toml)?|\.config\/nextest\.toml|build\.rs|clippy\.toml)$/],
  // Services are loaded by JUnit because they are there, and classes of its packages stand in the place of its own.
  jvm: [
    /(^|\/)META-INF\/services\/(org\.(junit|testng|spockframework)|io\.kotest)\./,
    /(^|\/)junit-platform\.properties$/,
    /(^|\/)(org\/junit|org\/hamcrest|org\/assertj|org\/opentest4j|junit\/framework)\//,
  ],
  dotnet: [
    /^[^/]+\.props$|(^|\/)(build|eng|msbuild)\/.*\.props$|(^|\/)Directory\.[^/]+\.props$|\.(targets|rsp)$|\.(cs|fs|vb)proj\.user$/i,
    /(^|\/)(global\.json|nuget\.config|xunit\.runner\.json|[^/]*\.runsettings)$/i,
  ],
  cpp: [/\.cmake$/, /(^|\/)CMake(User)?Presets\.json$/],
  php: [
    /(^|\/)(phpunit(\.dist)?\.xml(\.dist)?|\.?php\.ini|\.user\.ini|phpstan[^/]*\.neon(\.dist)?|\.php-cs-fixer[^/]*\.php)$/,
    /(^|\/)PHPUnit\//,
    /(^|\/)vendor\/(autoload\.php$|composer\/|bin\/)/,
  ],
  ruby: [
    /(^|\/)\.bundle\/|\.rake$|(^|\/)bin\/(rspec|rake|bundle)$/,
    /(^|\/)(\.rspec(-local)?|[Rr]akefile(\.rb)?|\.rubocop[^/]*\.yml|\.ruby-version|spec_helper\.rb|rails_helper\.rb)$/,
    /(^|\/)lib\/(?:rspec|minitest|test\/unit)(?:\/|\.rb$)/,
  ],
  any: [
    // Scripts that are named after checking.
    /(^|\/)[^/]*(tests?|check|verify|lint|ci)[^/]*\.(sh|bash|zsh|ps1|cmd|bat)$/i,
    /\.mk$/,
    new RegExp(
      String.raw`(^|\/)(Makefile|GNUmakefile|makefile|\.?justfile|Justfile|[Tt]askfile(\.dist)?\.ya?ml|` +
        String.raw`(turbo|nx|lerna)\.json|\.pnp\.[^/]+|\.tool-versions|\.mise\.toml|mise\.toml|\.envrc)$`,
    ),
  ],
};

/** What a path decides; a link stands for everything that lies behind it. */
export function classify(path: RepoPath, mode = '100644'): PathKind {
  const kind = kindOf(path);
  return kind === 'source' && mode === '120000' ? kindOf(`${path}/x`) : kind;
}

const CODE = /\.([cm]?[jt]sx?|py|go|rs|rb|php|java|kt|groovy|cs|c|cc|cpp|cxx)$/;

/** Code that a runner loads as tests or beside them: by its name, or in a folder of tests. */
export const isTestCode = (path: RepoPath): boolean =>
  CODE.test(path) && (TEST.slice(1).some((pattern) => pattern.test(path)) || /(^|\/)(tests?|__tests__)\//.test(path));

/** Named as the tests of some runner are, wherever it lies. */
export const isTestName = (path: RepoPath): boolean =>
  TEST.slice(1).some((pattern) => pattern.test(path.slice(path.lastIndexOf('/') + 1)));

const CMAKE = /(^|\/)CMakeLists\.txt$/;

function kindOf(path: RepoPath): PathKind {
  if (path === '.omk' || path.startsWith('.omk/') || path === '.worktreeinclude') return 'policy';
  if (
    isInstallSetting(path) ||
    isVendoredRunner(path) ||
    Object.values(RUNNER_FILES).some((patterns) => patterns.some((pattern) => pattern.test(path)))
  )
    return 'runner';
  const isTest = TEST.some((pattern) => pattern.test(path));
  // Among tests it says what their imports mean; below a fixture it says so only for the fixture.
  if (isDependencyManifest(path) && !(isTest && /\.(cs|fs|vb)proj$/.test(path)))
    return isTest && !/fixtures?\//i.test(path) ? 'runner' : 'manifest';
  // Tests of Rust stand inside of what they test, and CMake says in one file what is built and what is tested.
  if (isTest) return 'test';
  return path.endsWith('.rs') || CMAKE.test(path) ? 'manifest' : 'source';
}

/** Besides manifests and settings: what is built when it is installed, and what is patched. */
const ALSO = /(^|\/)(constraints[^/]*\.txt|setup\.(py|cfg)|build\.gradle(\.kts)?|settings\.gradle(\.kts)?)$|^patches\//;

/** Whether a change of this path may change what is installed. */
export const touchesDependencies = (path: RepoPath): boolean =>
  isDependencyManifest(path) || isInstallSetting(path) || ALSO.test(path);

/** What extension modules are compiled from, and classes that an autoloader lists. */
const COMPILED = /\.(c|cc|cpp|cxx|h|hh|hpp|hxx|pyx|pxd|pxi|f|f90|php)$|(^|\/)(setup\.py|meson\.build|CMakeLists\.txt)$/;

/** Whether a change of this path may change what was built of the repository itself before its gates run. */
export const touchesBuild = (path: RepoPath): boolean => COMPILED.test(path);

/**
 * A new file, or a link to a folder, in the place of a library that runs tests or that they assert with, where the language looks
 * first. Only new ones: such a library has a repository too.
 */
export const standsInForLibrary = (path: RepoPath, mode: string): boolean =>
  classify(path, mode) === 'source' &&
  STANDS_IN.some((place) => place.test(path) || (mode === '120000' && place.test(`${path}/__init__.py`)));

const STANDS_IN = [
  new RegExp(
    String.raw`(^|\/)(org\/(junitpioneer|testng|mockito|easymock|awaitility|spockframework)|` +
      String.raw`com\/google\/common\/truth|io\/kotest|net\/jqwik)\/.*\.(java|kt|groovy|scala|class)$`,
  ),
];
