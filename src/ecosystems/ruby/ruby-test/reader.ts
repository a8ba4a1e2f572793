import { rubyLoads } from '../environment.ts';
import type { Injection, InjectRequest, Reader } from '../../../world/gates/readers/port.ts';
import type { Started } from '../../../world/gates/command/analysis.ts';
import { readSealed } from '../../../world/gates/readers/sealed.ts';
import { rubyTestCanary } from './canary.ts';
import type { Runner } from '../../../world/gates/runner.ts';

/** A file of tests by its name, or one of a folder of tests. */
const TEST_FILE = /(?:_test|_spec|(?:^|\/)(?:test|spec)_[^/]*|(?:^|\/)tests?\/[^\s]*)\.rb\b/;

/** Minitest and test-unit, which rake, rails and ruby itself start. */
export const rubyTest: Reader = {
  name: 'ruby-test',
  version: ['ruby', '--version'],
  reach: 'environment',
  variable: 'RUBYOPT',
  report: 'directory',
  reporter: { file: 'ruby-test.rb', extension: '.rb' },
  recognise(program, words) {
    const [name = '', ...args] = program === 'bundle' && words[0] === 'exec' ? words.slice(1) : [program, ...words];
    return runsTests(name.split('/').at(-1) ?? '', args);
  },
  inject,
  read: readSealed('ruby-test'),
};

function runsTests(program: string, args: readonly string[]): Started | null {
  const tasks = args.filter((arg) => !arg.startsWith('-') && !arg.includes('='));
  const isTask = (task: string): boolean => /^test(?:$|:)/.test(task);
  switch (program) {
    case 'rake':
      return tasks.length === 0 || tasks.some(isTask) ? { args } : null;
    case 'rails':
      return isTask(tasks[0] ?? '') ? { args: args.slice(1) } : null;
    case 'ruby':
      return args.some((arg) => TEST_FILE.test(arg)) ? { args } : null;
    case 'minitest':
      return { args };
    default:
      return null;
  }
}

function inject({ env, argv, reportDir, injectDir, reporterName }: InjectRequest): Injection {
  return { argv, env: { ...env, OMK_RUBY_REPORT: reportDir, ...rubyLoads(env, `${injectDir}/${reporterName}.rb`) } };
}

export const runner: Runner = { reader: rubyTest, canary: rubyTestCanary };
