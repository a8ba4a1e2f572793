import { posix } from 'node:path';
import type { RepoPath } from '../../domain/ids.ts';
import { foldersUsed, moduleName } from './sources/files.ts';
import type { TreeFiles } from '../../world/gates/tree-files.ts';
import { inputsOf, needsOf, slug } from '../../world/gates/detect/packages.ts';
import type { Package } from '../../world/gates/detect/package.ts';
import type { Detector, Proposal } from '../../world/gates/detect/port.ts';
import { ownerOf } from '../../world/gates/detect/reach.ts';

const NOT_OURS = /(?:^|\/)(?:vendor|testdata|node_modules|third_party|[._][^/]*)\//;
const ARGV = ['go', 'test', './...'] as const;

export const go: Detector = {
  name: 'go',
  looksFor: 'go.mod or tests of Go',
  async detect(files) {
    const paths = (await files.list()).map(({ path }) => path);
    const modules = await Promise.all(
      paths.flatMap((path) =>
        /(^|\/)go\.mod$/.test(path) && !NOT_OURS.test(path) ? [moduleIn(files, posix.dirname(path))] : [],
      ),
    );
    const folders = new Set(modules.map(({ folder }) => folder));
    const named = paths.filter((path) => path.endsWith('_test.go') && !NOT_OURS.test(path));
    const texts = await files.texts(named);
    const tested = new Set(
      named.filter((_, index) => runsTests(texts[index] ?? '')).map((path) => ownerOf(path, folders)),
    );
    const workspace = (await files.text('go.work'))?.replace(/\/\/.*$/gm, '') ?? null;
    const used = workspace === null ? folders : foldersUsed(workspace);
    const below = await moduleGates(
      files,
      modules,
      modules.filter(({ folder }) => folder !== '.' && used.has(folder) && tested.has(folder)),
      workspace ?? '',
    );
    // A root that a plain command tests nothing of still is a gate where there is no other: it must not vanish.
    const root =
      folders.has('.') && ((tested.has('.') && used.has('.')) || below.length === 0)
        ? [{ id: 'go-test', argv: ARGV, kind: 'test' as const, because: 'there is a go.mod' }]
        : [];
    if (folders.size === 0 && tested.size > 0)
      return [{ id: 'go-test', argv: ARGV, kind: 'test', because: 'there are tests of Go, and no go.mod' }];
    return [...root, ...below];
  },
};

/** Not where a build tag leaves it out of a plain `go test`. */
const runsTests = (text: string): boolean =>
  /^func\s+(?:Test|Example|Fuzz)/m.test(text) && !/^\/\/(?:go:build|\s*\+build)\b/m.test(text);

async function moduleGates(
  files: TreeFiles,
  modules: readonly Package[],
  gated: readonly Package[],
  workspace: string,
): Promise<readonly Proposal[]> {
  const replaced = new Set(
    [...workspace.matchAll(/=>\s*"?(\.\S*?)"?\s*$/gm)].map(([, path = '']) =>
      posix.normalize(path).replace(/\/+$/, ''),
    ),
  );
  const shared = modules.flatMap(({ folder, name }) => (replaced.has(folder) ? [name] : []));
  const needs = gated.length === 0 ? null : await needsOf(files, modules, shared);
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
  const required = [...text.matchAll(/^(?:require|tool)\s*(?:\(([^)]*)\)|(\S+))/gm)].flatMap(([, block, one]) =>
    (block ?? one ?? '').split(/\s+/),
  );
  return {
    folder,
    name: moduleName(text),
    uses: required.filter((each) => each.includes('/') || each.includes('.')),
    commands: [],
  };
}
