import { fromBundle } from '../../../world/gates/readers/bundle.ts';
import { collector, invalidReport, type Outcome } from '../../../world/gates/readers/outcomes.ts';
import { withArguments } from '../../../world/gates/readers/arguments.ts';
import type { Reader, ReadResult } from '../../../world/gates/readers/port.ts';
import { parseXml, type Element } from '../../../world/gates/readers/xml.ts';
import { dotnetCanary } from './canary.ts';
import type { Runner } from '../../../world/gates/runner.ts';

/** Written after the schema of TRX (vstst.xsd). The test platform writes the file; the tests run in another process. */
export const dotnet: Reader = {
  name: 'dotnet',
  version: ['dotnet', '--version'],
  reach: 'argv',
  // One for each project of a solution, under names of their own.
  report: 'files',
  reporter: null,
  recognise: (program, args) =>
    program === 'dotnet' && args[0] === 'test' && !args.some((arg) => /^(?:-t|--list-tests|--help|-h)$/.test(arg))
      ? { args: args.slice(1) }
      : null,
  inject: (request) => ({
    argv: withArguments(request, ['--logger', 'trx;LogFilePrefix=omk', '--results-directory', request.reportDir]),
    env: {
      ...request.env,
      DOTNET_CLI_TELEMETRY_OPTOUT: '1',
      DOTNET_NOLOGO: '1',
      DOTNET_SKIP_FIRST_TIME_EXPERIENCE: '1',
    },
  }),
  read,
};

/** Every outcome of the schema that is not a pass and not a want of one is a failure. */
const OUTCOMES: Readonly<Record<string, Outcome>> = {
  Passed: 'passed',
  NotExecuted: 'skipped',
  Inconclusive: 'skipped',
  Pending: 'skipped',
  NotRunnable: 'skipped',
};

function read(report: string): ReadResult {
  const files = fromBundle(report);
  if (files === null) return invalidReport('the report is no bundle of files');
  const tests = collector();
  for (const { path, text } of files) {
    const root = parseXml(text);
    if (typeof root === 'string') return invalidReport(`${path} cannot be read: ${root}`);
    if (root.name !== 'TestRun') return invalidReport(`${path} is no TRX file: it begins with "${root.name}"`);
    const classes = new Map(
      below(root, 'TestDefinitions', 'UnitTest').map((test) => [test.attributes['id'], classOf(test)]),
    );
    for (const { attributes } of below(root, 'Results', 'UnitTestResult')) {
      const { testId = '', testName = '', outcome = '' } = attributes;
      const classname = classes.get(testId);
      if (testName === '' || classname === undefined)
        return invalidReport(`${path} has a result of a test that it does not define`);
      const own = testName.startsWith(`${classname}.`) ? testName.slice(classname.length + 1) : testName;
      tests.add(`${classname} > ${own}`, OUTCOMES[outcome] ?? 'failed');
    }
  }
  return tests.result();
}

const below = (root: Element, section: string, name: string): readonly Element[] =>
  root.children
    .filter((each) => each.name === section)
    .flatMap(({ children }) => children.filter((each) => each.name === name));

/** The class of a test, without the name of its assembly. */
const classOf = (test: Element): string =>
  (test.children.find(({ name }) => name === 'TestMethod')?.attributes['className'] ?? '').replace(/,.*$/s, '');

export const runner: Runner = { reader: dotnet, canary: dotnetCanary };
