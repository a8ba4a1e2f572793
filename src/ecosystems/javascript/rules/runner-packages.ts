/** Packages that run tests or make the assertions. */
export const RUNNER_PACKAGES =
  'vitest|jest|mocha|chai|ava|tap|tape|uvu|qunit|qunitjs|jasmine|jasmine-core|karma|cypress|playwright|tsx|ts-node|c8|nyc|sinon|expect|' +
  '@vitest/[\\w.-]+|@jest/[\\w.-]+|@playwright/[\\w.-]+|jest-[\\w.-]+|ts-jest|babel-jest';

const IS_RUNNER = new RegExp(`^(?:${RUNNER_PACKAGES})$`);

export const isRunnerPackage = (name: string): boolean => IS_RUNNER.test(name);
