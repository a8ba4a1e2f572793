import { ARGUMENTS_FILE, byArguments } from './arguments.ts';
import type { Injection, InjectRequest, Reader, Started } from './port.ts';
import { readSealed, reportDirIn, sealedBy } from './sealed.ts';

const STARTERS = new Set(['mocha', '_mocha', 'electron-mocha', 'ts-mocha']);
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
  const { env, injectDir, reporterName, reportDir } = request;
  // The last reporter wins; and every test has to have its say, also after one that failed.
  const options = ['--reporter', `${injectDir}/${reporterName}.cjs`, '--no-bail'];
  return byArguments({ ...request, env: { ...env, ...reportDirIn(reportDir) } }, PACKAGES, options);
}
