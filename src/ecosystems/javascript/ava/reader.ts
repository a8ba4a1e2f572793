import { nodeOptions } from '../node-options.ts';
import type { Injection, InjectRequest, Reader } from '../../../world/gates/readers/port.ts';
import { readSealed, reportDirIn, sealedBy } from '../../../world/gates/readers/sealed.ts';
import { avaCanary } from './canary.ts';
import { toldByNode } from '../loads.ts';
import type { Runner } from '../../../world/gates/runner.ts';

/** Runs no test, or does not end. */
const NO_RUN = /^(?:-w|--watch|debug|reset-cache|--version|--help)$/;

export const ava: Reader = {
  name: 'ava',
  version: ['node', '--version'],
  reach: 'environment',
  variable: 'NODE_OPTIONS',
  report: 'directory',
  ...sealedBy('ava.cjs'),
  recognise: (program, args) => (program === 'ava' && !args.some((arg) => NO_RUN.test(arg)) ? { args } : null),
  inject,
  read: readSealed('ava'),
};

function inject({ argv, env, injectDir, reporterName, reportDir }: InjectRequest): Injection {
  return {
    argv,
    env: { ...env, ...reportDirIn(reportDir), ...nodeOptions(env, [`--require=${injectDir}/${reporterName}.cjs`]) },
  };
}

export const runner: Runner = { reader: toldByNode(ava), canary: avaCanary };
