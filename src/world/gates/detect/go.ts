import { posix } from 'node:path';
import type { RepoPath } from '../../../domain/ids.ts';
import type { TreeFiles } from '../tree-files.ts';
import { inputsOf, needsOf, slug, type Package } from './packages.ts';
import type { Detector, Proposal } from './port.ts';
import { ownerOf } from './reach.ts';

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
  const modules = await Promise.all(paths.flatMap((path) => (/(^|\/)go\.mod$/.test(path) && !NOT_OURS.test(path) ? [moduleIn(files, posix.dirname(path))] : [])));
  const workspace = await files.text('go.work');
  const used = workspace === null ? null : usedBy(workspace);
  const folders = new Set(modules.map(({ folder }) => folder));
  const tested = new Set(paths.filter((path) => path.endsWith('_test.go')).map((path) => ownerOf(path, folders)));
  const gated = modules.filter(({ folder }) => folder !== '.' && (used === null || used.has(folder)) && tested.has(folder));
  const needs = gated.length === 0 ? null : await needsOf(files, modules);
  return gated.map(({ folder }) => ({
    id: `go-test-${slug(folder)}`,
    argv: ARGV,
    kind: 'test',
    cwd: folder,
    ...(needs === null ? {} : inputsOf(modules, needs(folder))),
    because: `there is ${folder}/go.mod`,
  }));
}

async function moduleIn(files: TreeFiles, folder: RepoPath): Promise<Package> {
  const text = ((await files.text(posix.join(folder, 'go.mod'))) ?? '').replace(/\/\/.*$/gm, '');
  const required = [...text.matchAll(/^(?:require|tool)\s*(?:\(([^)]*)\)|(\S+))/gm)].flatMap(([, block, one]) => (block ?? one ?? '').split(/\s+/));
  return { folder, name: /^module\s+"?([^\s"]+)/m.exec(text)?.[1] ?? '', uses: required.filter((each) => each.includes('/') || each.includes('.')), commands: [] };
}

/** The folders that a `go.work` uses. */
const usedBy = (text: string): ReadonlySet<string> =>
  new Set([...text.replace(/\/\/.*$/gm, '').matchAll(/^use\s*(?:\(([^)]*)\)|(\S+))/gm)].flatMap(([, block, one]) => (block ?? one ?? '').split(/\s+/)).map((path) => path.replace(/^\.\//, '').replace(/\/+$/, '')));
