import { withArguments } from '../../../world/gates/readers/arguments.ts';
import { readJunit } from '../../../world/gates/readers/junit.ts';
import { collector, invalidReport } from '../../../world/gates/readers/outcomes.ts';
import type { Reader, ReadResult } from '../../../world/gates/readers/port.ts';
import { bunTestCanary } from './canary.ts';
import type { Runner } from '../../../world/gates/runner.ts';

/** Runs no test, does not end, or reports elsewhere. */
const NO_RUN = /^(?:--watch|--hot|--help|-h|--reporter(?:-outfile)?(?:=.*)?)$/;

export const bunTest: Reader = {
  name: 'bun-test',
  version: ['bun', '--version'],
  reach: 'arguments',
  report: 'directory',
  reporter: null,
  recognise: (program, [command, ...args]) =>
    program === 'bun' && command === 'test' && !args.some((arg) => NO_RUN.test(arg)) ? { args } : null,
  inject: (request) => ({
    argv: withArguments(request, [
      '--reporter=junit',
      `--reporter-outfile=${request.reportDir}/${request.reporterName}.xml`,
    ]),
    env: request.env,
  }),
  read,
};

/** Of a file that could not be loaded bun writes nothing: its exit code says so. */
function read(report: string): ReadResult {
  const found = readJunit(report);
  if (found.kind === 'invalid') return invalidReport(found.detail);
  const tests = collector();
  for (const { file, classname, name, outcome } of found.cases) {
    if (file === '' || name === '') return invalidReport('the report has a test without a file or a name');
    // The innermost group stands first.
    const groups = classname === '' ? [] : classname.split(' > ').toReversed();
    tests.add([file, ...groups, name].join(' > '), outcome);
  }
  return tests.result();
}

export const runner: Runner = { reader: bunTest, canary: bunTestCanary };
