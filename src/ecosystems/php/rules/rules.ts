import { ifKnown, type EcosystemRules } from '../../../domain/contract/ecosystem-rules.ts';
import { composerContract, composerLockContract } from './composer.ts';
import { RUNNER_PACKAGES } from './runner-packages.ts';
import { languages } from './languages.ts';
import { signs } from './signs.ts';

export const php: EcosystemRules = {
  languages,
  signs,
  tests: [/(^|\/)([^/]*Tests?|Test[A-Z][^/]*|[^/]*TestCase|[^/]*[a-z]IT)\.php$/],
  runnerFiles: [
    /(^|\/)(phpunit(\.dist)?\.xml(\.dist)?|\.?php\.ini|\.user\.ini|phpstan[^/]*\.neon(\.dist)?|\.php-cs-fixer[^/]*\.php)$/,
    /(^|\/)vendor\/(autoload\.php$|composer\/|bin\/)/,
  ],
  installSettings: [],
  manifests: [
    { files: /(^|\/)composer\.json$/, contract: (base, candidate) => composerContract(base ?? '{}', candidate) },
    { files: /(^|\/)composer\.lock$/, contract: ifKnown(composerLockContract) },
  ],
  installedFrom: [],
  // Classes that an autoloader lists.
  builtFrom: [/\.php$/],
  mixed: null,
  runnerPackages: RUNNER_PACKAGES,
  toolCaches: [/(^|\/)\.(phpunit\.(result\.cache|cache)|php-cs-fixer\.cache|php_cs\.cache)(\/|$)/i],
  examples: {
    tests: ['tests/AddTest.php', 'src/AddTest.php', 'src/TestHelper.php', 'src/BaseTestCase.php'],
    runner: [
      'phpunit.xml',
      'phpunit.dist.xml',
      'phpunit.xml.dist',
      '.user.ini',
      'phpstan.neon',
      'vendor/autoload.php',
      'vendor/bin/phpunit',
    ],
    cache: ['.phpunit.result.cache', 'app/.php-cs-fixer.cache'],
    source: ['src/Add.php', 'src/Contest.php', 'src/Attestation.php', 'vendor/acme/add.php'],
  },
};
