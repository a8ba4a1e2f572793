import type { Injection, InjectRequest, Reader } from '../../../world/gates/readers/port.ts';
import type { Started } from '../../../world/gates/command/analysis.ts';
import { readSealed, reportDirIn, sealedBy } from '../../../world/gates/readers/sealed.ts';
import { playwrightCanary } from './canary.ts';
import { toldByNode } from '../loads.ts';
import type { Runner } from '../../../world/gates/runner.ts';

/** Runs no test, or does not end. */
const NO_RUN = /^(?:--list|--ui|--ui-(?:host|port)(?:=.*)?|--debug|--help|-h)$/;

export const playwright: Reader = {
  name: 'playwright',
  version: ['node', '--version'],
  reach: 'environment',
  variable: 'PW_TEST_REPORTER',
  report: 'directory',
  ...sealedBy('playwright.cjs'),
  recognise,
  inject,
  read: readSealed('playwright'),
};

function recognise(program: string, args: readonly string[]): Started | null {
  return program === 'playwright' && args[0] === 'test' && !args.some((arg) => NO_RUN.test(arg))
    ? { args: args.slice(1) }
    : null;
}

/** Playwright adds the reporter of this variable to those of the project and of the command line. */
function inject({ argv, env, injectDir, reporterName, reportDir }: InjectRequest): Injection {
  return { argv, env: { ...env, ...reportDirIn(reportDir), PW_TEST_REPORTER: `${injectDir}/${reporterName}.cjs` } };
}

export const runner: Runner = { reader: toldByNode(playwright), canary: playwrightCanary };
