/** Packages that run tests or make the assertions. */
export const RUNNER_PACKAGES =
  'phpunit/[\\w-]+|sebastian/[\\w-]+|mockery/mockery|pestphp/[\\w-]+|phpspec/[\\w-]+|codeception/[\\w-]+|' +
  'brianium/paratest|symfony/phpunit-bridge|phpstan/[\\w-]+';

const IS_RUNNER = new RegExp(`^(?:${RUNNER_PACKAGES})$`, 'i');

export const isRunnerPackage = (name: string): boolean => IS_RUNNER.test(name);
