import { isTestCode, isTestName } from '../../../domain/contract/classify.ts';
import type { ProgramRules, ProjectRules } from '../../../domain/project/project-rules.ts';
import { moduleName } from './files.ts';
import { joinSums } from './join-sums.ts';

const NAME = /^[\w.-]+$/;
const MANIFEST = 'go.mod';

/** Folders with a main function: built and then run, as `go run` has exit codes of its own. */
const programs: ProgramRules = {
  manifests: [MANIFEST],
  mayBe: isSource,
  find: ({ texts }) =>
    [...texts].flatMap(([path, text]) => {
      if (!isSource(path) || !/^package main\b/m.test(text) || !/^func main\(\)/m.test(text)) return [];
      const folder = path.split('/').slice(0, -1);
      const at = folder.length === 0 ? '.' : `./${folder.join('/')}`;
      const name = folder.at(-1) ?? lastOf(moduleName(texts.get(MANIFEST) ?? '')) ?? 'program';
      if (!NAME.test(name)) return [];
      const program = `"\${TMPDIR:-/tmp}/${name}"`;
      const run = `go build -o ${program} ${at} && ${program}`;
      return [{ path, run, spelled: [run, name, `./${name}`, `go run ${at}`, `go run ${path}`] }];
    }),
};

function isSource(path: string): boolean {
  return path.endsWith('.go') && path.split('/').length <= 3 && !isTestCode(path) && !isTestName(path);
}

const lastOf = (module: string): string | undefined =>
  module === ''
    ? undefined
    : module
        .replace(/\/v\d+$/, '')
        .split('/')
        .at(-1);

export const go: ProjectRules = {
  manifests: [/^go\.(?:mod|work)$/],
  lockFiles: [],
  joins: { files: /(?:^|\/)go(?:\.work)?\.sum$/, join: joinSums },
  programs,
  reach: { speaks: [/^go\.(mod|work)$/], findsRoot: [/["'`]go\.work["'`]/] },
};
