import { withArguments } from '../../../world/gates/readers/arguments.ts';
import { readJunit } from '../../../world/gates/readers/junit.ts';
import { collector, invalidReport, relativeTo } from '../../../world/gates/readers/outcomes.ts';
import type { Injection, InjectRequest, Reader, ReadResult } from '../../../world/gates/readers/port.ts';
import { phpunitCanary } from './canary.ts';
import type { Runner } from '../../../world/gates/runner.ts';

export const phpunit: Reader = {
  name: 'phpunit',
  version: ['php', '--version'],
  reach: 'arguments',
  report: 'directory',
  reporter: { file: 'phpunit.php', extension: '.php' },
  // What PHP loads first is a setting.
  beside: [{ file: 'phpunit.ini', extension: '.ini' }],
  recognise(program, words) {
    if (program === 'phpunit' || program === 'phpunit.phar') return started(words);
    const at = program === 'php' ? words.findIndex((word) => /(?:^|\/)phpunit(?:\.phar)?$/.test(word)) : -1;
    return at < 0 ? null : started(words.slice(at + 1));
  },
  inject,
  read,
};

const started = (args: readonly string[]): { readonly args: readonly string[] } | null =>
  args.some((arg) => /^--(?:list-|version|help|generate)/.test(arg)) ? null : { args };

function inject(request: InjectRequest): Injection {
  const { env, reportDir, injectDir, reporterName, reordered, analysis } = request;
  const reverses = reordered === true && !analysis?.runner.args.some((arg) => arg.startsWith('--order-by'));
  const order = reverses ? ['--order-by=reverse'] : [];
  const report = ['--do-not-cache-result', '--log-junit', `${schemeOf(reporterName)}://omk/report`];
  return {
    argv: withArguments(request, [...order, ...report]),
    ...(reverses ? { reordered } : {}),
    // An empty entry stands for the folders that PHP was built with.
    env: {
      ...env,
      OMK_PHPUNIT_REPORT: reportDir,
      OMK_PHPUNIT_FIRST: `${injectDir}/${reporterName}.php`,
      PHP_INI_SCAN_DIR: `${env['PHP_INI_SCAN_DIR'] ?? ''}:${injectDir}`,
    },
  };
}

/** As `phpunit.php` makes it of its own name: a scheme has no underscores. */
const schemeOf = (reporterName: string): string => reporterName.replaceAll('_', '-');

function read(report: string, checkout: string): ReadResult {
  // The seal follows the document.
  const found = readJunit(report.replace(/\n\{"seal": ?(?:null|"[0-9a-f]{64}")\}\s*$/, ''));
  if (found.kind === 'invalid') return invalidReport(found.detail);
  const tests = collector();
  for (const { file, classname, name, outcome } of found.cases) {
    if (name === '') return invalidReport('the report has a test without a name');
    const own = `${classname.replaceAll('.', '\\')}::${name}`;
    tests.add(file === '' ? own : `${relativeTo(checkout, file)}::${own}`, outcome);
  }
  return tests.result();
}

export const runner: Runner = { reader: phpunit, canary: phpunitCanary };
