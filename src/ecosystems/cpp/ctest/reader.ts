import { withArguments } from '../../../world/gates/readers/arguments.ts';
import { readJunit } from '../../../world/gates/readers/junit.ts';
import { collector, invalidReport } from '../../../world/gates/readers/outcomes.ts';
import type { Reader, ReadResult } from '../../../world/gates/readers/port.ts';
import { ctestCanary } from './canary.ts';
import { toldByCompilers } from '../headers.ts';
import type { Runner } from '../../../world/gates/runner.ts';

export const ctest: Reader = {
  name: 'ctest',
  version: ['ctest', '--version'],
  reach: 'arguments',
  report: 'directory',
  // CMake 3.21 and later bring their own. Each test is a process of its own, so none has seen the report when it is written.
  reporter: null,
  recognise: (program, args) =>
    program === 'ctest' && !args.some((arg) => /^(?:-N|--show-only|--print-labels|-M|-T|-S|-D)/.test(arg))
      ? { args }
      : null,
  inject: ({ reordered, ...request }) => ({
    argv: withArguments(request, [
      '--output-junit',
      `${request.reportDir}/ctest.xml`,
      ...(reordered ? ['--schedule-random'] : []),
    ]),
    env: request.env,
    ...(reordered ? { reordered } : {}),
  }),
  read,
};

function read(report: string): ReadResult {
  const found = readJunit(report);
  if (found.kind === 'invalid') return invalidReport(found.detail);
  const tests = collector();
  for (const { name, outcome } of found.cases) {
    if (name === '') return invalidReport('the report has a test without a name');
    tests.add(name, outcome);
  }
  return tests.result();
}

export const runner: Runner = { reader: toldByCompilers(ctest), canary: ctestCanary };
