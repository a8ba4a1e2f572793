import type { TreeFiles } from '../../world/gates/tree-files.ts';

const SPEC = /^spec\/(?:.+\/)?[^/]+_spec\.rb$/;
const SETTINGS = /^(?:Gemfile|gems\.rb|rakefile(?:\.rb)?|[^/]+\.gemspec|spec\/(?:spec_)?helper\.rb)$/i;

/** Whose specs are in spec/: those of RSpec, unless all that is said of a runner is Minitest, which has specs too. */
export async function specsOf(files: TreeFiles): Promise<'rspec' | 'minitest' | null> {
  const paths = (await files.list()).map(({ path }) => path);
  const first = paths.find((path) => SPEC.test(path));
  if (first === undefined) return null;
  const said = await Promise.all(
    [...paths.filter((path) => SETTINGS.test(path)), first].map((path) => files.text(path)),
  );
  const all = said.join('\n');
  return /\bminitest\b/i.test(all) && !/rspec/i.test(all) ? 'minitest' : 'rspec';
}
