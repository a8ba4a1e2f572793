import { ARGUMENTS_FILE, byArguments, insteadOfOwn } from '../arguments.ts';
import type { Injection, InjectRequest, Reader } from '../../../world/gates/readers/port.ts';
import type { Started } from '../../../world/gates/command/analysis.ts';
import { readSealed, reportDirIn, sealedBy } from '../../../world/gates/readers/sealed.ts';
import { mochaCanary } from './canary.ts';
import { toldByNode } from '../loads.ts';
import type { Runner } from '../../../world/gates/runner.ts';

const STARTERS = new Set(['mocha', '_mocha', 'electron-mocha', 'ts-mocha']);
const REPORTER: readonly string[] = ['-R', '--reporter'];
const PACKAGES = ['mocha', 'electron-mocha', 'ts-mocha'];
/** Runs no test, or does not end; `--` would turn further options into files. */
const NO_RUN = /^(?:-w|--watch|--dry-run|--list-\w+|-V|--version|-h|--help|init|--)$/;

export const mocha: Reader = {
  name: 'mocha',
  version: ['node', '--version'],
  reach: 'arguments',
  variable: 'NODE_OPTIONS',
  report: 'directory',
  ...sealedBy('mocha.cjs', ARGUMENTS_FILE),
  recognise,
  inject,
  read: readSealed('mocha'),
};

function recognise(program: string, args: readonly string[]): Started | null {
  return STARTERS.has(program) && !args.some((arg) => NO_RUN.test(arg)) ? { args } : null;
}

function inject(request: InjectRequest): Injection {
  const { env, injectDir, reporterName, reportDir, analysis, reordered } = request;
  // Every test has to have its say, also after one that failed. The reporter sees to that, but for workers; mocha 5 does not know the word.
  const inWorkers = analysis?.runner.args.some((arg) => /^(?:-p|--parallel)$/.test(arg)) === true;
  const options = ['--reporter', `${injectDir}/${reporterName}.cjs`, ...(inWorkers ? ['--no-bail'] : [])];
  const told = {
    ...request,
    env: { ...env, ...reportDirIn(reportDir), ...(reordered ? { OMK_MOCHA_REVERSED: '1' } : {}) },
  };
  const { args = [], sets = [] } = analysis?.runner ?? {};
  // Mocha 6 and before refuse a second reporter, where later ones take the last.
  return args.some((arg) => REPORTER.includes(arg.split('=')[0] ?? '')) && !sets.includes('NODE_OPTIONS')
    ? insteadOfOwn(told, PACKAGES, options, REPORTER)
    : byArguments(told, PACKAGES, options);
}

export const runner: Runner = { reader: toldByNode(mocha), canary: mochaCanary };
