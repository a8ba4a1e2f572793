import type { TreeFiles } from '../../../world/gates/tree-files.ts';
import type { Detector } from '../../../world/gates/detect/port.ts';
import { specsOf } from '../specs.ts';

const TESTS = /^test\/(?:.+\/)?(?:(?:test|spec)_[^/]+|[^/]+_(?:test|spec))\.rb$/;
const TASK = /\b(?:Rake|Minitest)::TestTask\b|\bMinitest::TestTask\.create\b|^\s*task\s*\(?\s*:?["']?test\b/m;
const GEMS = /^\s*(?:gem\s*\(?\s*['"](?:minitest|test-unit|rails|rake|shoulda)|gemspec\b)/m;

/** Minitest and test-unit, by the task that the project has for them. */
export const rubyTests: Detector = {
  name: 'ruby-test',
  looksFor: 'tests of Ruby in test/',
  async detect(files) {
    const paths = (await files.list()).map(({ path }) => path);
    const found = paths.some((path) => TESTS.test(path))
      ? await commandFor(files, paths)
      : (await specsOf(files)) === 'minitest' && SPECS;
    if (!found) return [];
    const { argv, because } = found;
    const bundled = GEMS.test((await files.text('Gemfile')) ?? '');
    const [program, ...args] = bundled && argv[0] !== 'bin/rails' ? (['bundle', 'exec', ...argv] as const) : argv;
    return [{ id: 'ruby-test', argv: [program, ...args], kind: 'test', because }];
  },
};

interface Found {
  readonly argv: readonly [string, ...string[]];
  readonly because: string;
}

async function commandFor(files: TreeFiles, paths: readonly string[]): Promise<Found> {
  if (paths.includes('bin/rails'))
    return { argv: ['bin/rails', 'test'], because: 'there are bin/rails and tests in test/' };
  const rakefile = paths.find((path) => /^rakefile(?:\.rb)?$/i.test(path));
  if (rakefile !== undefined && TASK.test((await files.text(rakefile)) ?? ''))
    return { argv: ['rake', 'test'], because: `${rakefile} has a task for tests` };
  const load = "Dir['./test/**/{*_test,test_*}.rb'].sort.each { |file| require file }";
  return { argv: ['ruby', '-Ilib', '-Itest', '-e', load], because: 'there are tests in test/' };
}

const SPECS: Found = {
  argv: ['ruby', '-Ilib', '-Ispec', '-e', "Dir['./spec/**/*_spec.rb'].sort.each { |file| require file }"],
  because: 'there are specs of Minitest in spec/',
};
