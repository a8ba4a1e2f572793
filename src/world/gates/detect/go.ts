import type { RepoPath } from '../../../domain/ids.ts';
import type { TreeFiles } from '../tree-files.ts';
import type { Detector, Proposal } from './port.ts';
import { slug } from './workspaces.ts';

const NOT_OURS = /(?:^|\/)(?:vendor|testdata|node_modules|third_party|[._][^/]*)\//;
const ARGV = ['go', 'test', './...'] as const;

export const go: Detector = {
  name: 'go',
  async detect(files) {
    const root = (await files.file('go.mod')) === null ? [] : [{ id: 'go-test', argv: ARGV, kind: 'test' as const, because: 'there is a go.mod' }];
    return [...root, ...(await moduleGates(files))];
  },
};

/** A gate for each module below the root that has tests, and that the workspace uses where there is one. */
async function moduleGates(files: TreeFiles): Promise<readonly Proposal[]> {
  const paths = (await files.list()).map(({ path }) => path);
  const modules = paths.filter((path) => path.endsWith('/go.mod') && !NOT_OURS.test(path)).map((path) => path.slice(0, -'/go.mod'.length));
  const workspace = await files.text('go.work');
  const used = workspace === null ? null : usedBy(workspace);
  const hasTests = (folder: RepoPath): boolean =>
    paths.some((path) => path.startsWith(`${folder}/`) && path.endsWith('_test.go') && !modules.some((other) => other.startsWith(`${folder}/`) && path.startsWith(`${other}/`)));
  return modules
    .filter((folder) => (used === null || used.has(folder)) && hasTests(folder))
    .map((cwd) => ({ id: `go-test-${slug(cwd)}`, argv: ARGV, kind: 'test', cwd, because: `there is ${cwd}/go.mod` }));
}

/** The folders that a `go.work` uses. */
const usedBy = (text: string): ReadonlySet<string> =>
  new Set([...text.replace(/\/\/.*$/gm, '').matchAll(/^use\s*(?:\(([^)]*)\)|(\S+))/gm)].flatMap(([, block, one]) => (block ?? one ?? '').split(/\s+/)).map((path) => path.replace(/^\.\//, '').replace(/\/+$/, '')));
