import { ifKnown, type EcosystemRules } from '../../../domain/contract/ecosystem-rules.ts';
import { linesContract } from '../../../domain/contract/lines.ts';
import { cargoContract, newCrateContract } from './cargo.ts';
import { languages } from './languages.ts';
import { signs } from './signs.ts';

export const rust: EcosystemRules = {
  languages,
  signs,
  tests: [/(^|\/)(tests?|[^/]*_tests?)\.rs$/],
  // A build script runs before the tests are compiled, beside their sources.
  runnerFiles: [/(^|\/)\.cargo\//, /(^|\/)(rust-toolchain(\.toml)?|\.config\/nextest\.toml|build\.rs|clippy\.toml)$/],
  installSettings: [/(^|\/)\.cargo\//, /(^|\/)rust-toolchain(\.toml)?$/],
  manifests: [
    {
      files: /(^|\/)Cargo\.toml$/,
      contract: (base, candidate, namesRunner) =>
        base === null ? newCrateContract(candidate) : cargoContract(base, candidate, namesRunner),
    },
    { files: /(^|\/)Cargo\.lock$/, contract: ifKnown(linesContract) },
  ],
  installedFrom: [],
  builtFrom: [],
  mixed: null,
  runnerPackages:
    'rstest|insta|proptest|quickcheck|mockall|assert_cmd|pretty_assertions|test-case|assert_approx_eq|' +
    'assert_matches|googletest|similar-asserts',
  toolCaches: [
    /(^|\/)\.(fingerprint|rustc_info\.json)(\/|$)/,
    /(^|\/)target\/([\w.-]+\/)?(debug|release)\/(deps|build|incremental|examples)(\/|$)/,
  ],
  examples: {
    tests: ['src/tests.rs', 'src/add_test.rs', 'tests/add.rs'],
    runner: [
      '.cargo/config.toml',
      'rust-toolchain',
      'rust-toolchain.toml',
      '.config/nextest.toml',
      'build.rs',
      'clippy.toml',
    ],
    cache: ['target/.rustc_info.json', 'target/debug/deps/add.d', 'target/x86_64-unknown-linux-gnu/release/build/x'],
    source: ['target/notes.txt'],
  },
};
