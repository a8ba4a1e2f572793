import { ifKnown, type EcosystemRules } from '../../../domain/contract/ecosystem-rules.ts';
import { linesContract } from '../../../domain/contract/lines.ts';
import { keptEntries } from './entries.ts';
import { entriesIn, lockContract, npmContract } from './package-json.ts';
import { RUNNER_PACKAGES } from './runner-packages.ts';
import { languages } from './languages.ts';
import { signs } from './signs.ts';

export const javascript: EcosystemRules = {
  languages,
  signs,
  tests: [
    /(^|\/)[^/]*[._-](test|spec)s?\.[cm]?[jt]sx?$/i,
    /(^|\/)(test|spec)\.[cm]?[jt]sx?$/i,
    /(^|\/)test-[^/]*\.[cm]?[jt]sx?$/i,
  ],
  runnerFiles: [
    new RegExp(
      String.raw`(^|\/)(vitest|vite|jest|playwright|playwright-ct|cypress|ava|karma|mocha|babel|jasmine|` +
        String.raw`tap)\.(config|workspace)\.[^/]+$`,
    ),
    /(^|\/)\.?jasmine\.json$/,
    // Scripts of React load it because it is there.
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
  installSettings: [
    /(^|\/)\.(npmrc|yarnrc|yarnrc\.yml|pnpmfile\.c?js|pnpmfile\.mjs)$/,
    /(^|\/)(pnpmfile\.js|bunfig\.toml)$/,
    /(^|\/)\.yarn\/(releases|plugins)\//,
  ],
  manifests: [
    {
      files: /(^|\/)package\.json$/,
      contract: (base, candidate) => npmContract(base ?? '{}', candidate),
      product: entriesIn,
      keeps: keptEntries,
    },
    { files: /(^|\/)(package-lock|npm-shrinkwrap)\.json$/, contract: ifKnown(lockContract) },
    { files: /(^|\/)(pnpm-lock\.yaml|pnpm-workspace\.yaml|yarn\.lock|bun\.lockb?)$/, contract: ifKnown(linesContract) },
  ],
  installedFrom: [/^patches\//],
  builtFrom: [],
  mixed: null,
  runnerPackages: RUNNER_PACKAGES,
  toolCaches: [
    /\.tsbuildinfo(\/|$)/i,
    new RegExp(
      String.raw`(^|\/)\.(eslintcache|stylelintcache|prettiercache|cspellcache|jest-?cache|parcel-cache|` +
        String.raw`rollup\.cache|r[pt]t2_cache[^/]*|wireit|swc|nyc_output|pnpm-store)(\/|$)`,
      'i',
    ),
    /(^|\/)\.(turbo\/(cache|[^/]+\.log)|nx\/(cache|workspace-data)|next\/cache|angular\/cache)(\/|$)/i,
  ],
  examples: {
    tests: ['src/add.test.ts', 'src/add-spec.js', 'src/test.js', 'src/test-add.mjs'],
    runner: [
      'vitest.config.ts',
      'spec/support/jasmine.json',
      'setupTests.ts',
      '.mocharc.json',
      'eslint.config.js',
      'gulpfile.js',
      '.npmrc',
      'bunfig.toml',
      'tsconfig.json',
      '__mocks__/fs.js',
      'node_modules/x/index.js',
      '.yarn/releases/yarn.cjs',
      '.env',
    ],
    cache: ['tsconfig.tsbuildinfo', '.eslintcache', '.turbo/cache/x'],
    source: ['src/add.ts', 'src/latest.js', 'src/config.ts', '.env.example'],
  },
};
