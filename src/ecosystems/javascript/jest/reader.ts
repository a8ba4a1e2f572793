import { ARGUMENTS_FILE, byArguments, sinceVersion } from '../arguments.ts';
import type { Injection, InjectRequest, Reader } from '../../../world/gates/readers/port.ts';
import type { Started } from '../../../world/gates/command/analysis.ts';
import { readSealed, reportDirIn, sealedBy } from '../../../world/gates/readers/sealed.ts';
import { jestCanary } from './canary.ts';
import { toldByNode } from '../loads.ts';
import type { Runner } from '../../../world/gates/runner.ts';

/** Programs that start jest, and the word that tells them to. */
const STARTERS: Readonly<Record<string, string | null>> = {
  jest: null,
  'react-scripts': 'test',
  'react-app-rewired': 'test',
  craco: 'test',
};
const PACKAGES = ['jest', 'jest-cli', 'react-scripts', 'react-app-rewired', '@craco/craco'];
/** Runs no test, or does not end; `--` would turn further options into patterns. */
const NO_RUN = /^(?:--(?:watch|watchAll|listTests|showConfig|clearCache|init|version|help)(?:=true)?|--)$/;

export const jest: Reader = {
  name: 'jest',
  version: ['node', '--version'],
  reach: 'arguments',
  variable: 'NODE_OPTIONS',
  report: 'directory',
  ...sealedBy('jest.cjs', ARGUMENTS_FILE),
  recognise,
  inject,
  read: readSealed('jest'),
};

function recognise(program: string, args: readonly string[]): Started | null {
  const word = Object.hasOwn(STARTERS, program) ? STARTERS[program] : undefined;
  if (word === undefined || (word !== null && args[0] !== word)) return null;
  const own = word === null ? args : args.slice(1);
  return own.some((arg) => NO_RUN.test(arg)) ? null : { args: own };
}

function inject(request: InjectRequest): Injection {
  const { env, injectDir, reporterName, reportDir, analysis } = request;
  // Every test has to have its say, also after one that failed; the option must not be given twice.
  const bail = analysis?.runner.args.some((arg) => /^(?:-b|--bail)(?:=|$)/.test(arg)) ? [] : ['--bail=0'];
  const options = ['--reporters=default', `--reporters=${injectDir}/${reporterName}.cjs`, ...bail];
  const told = { ...request, env: { ...env, ...reportDirIn(reportDir) } };
  return request.reordered
    ? sinceVersion(told, PACKAGES, options, { package: 'jest', from: [29, 5], words: ['--randomize', '--seed=2'] })
    : byArguments(told, PACKAGES, options);
}

export const runner: Runner = { reader: toldByNode(jest), canary: jestCanary };
