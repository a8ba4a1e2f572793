import { PROJECTS } from '../../ecosystems/projects.ts';
import { isTestCode, isTestName } from '../contract/classify.ts';
import { runsOf } from '../contract/languages.ts';
import type { RepoPath } from '../ids.ts';
import type { EntryPoint, ProgramRules, ProgramTree } from '../project/project-rules.ts';

interface Entry {
  readonly path: RepoPath;
  readonly mode: string;
}

const PROGRAMS: readonly ProgramRules[] = Object.values(PROJECTS).flatMap(({ programs }) => programs ?? []);

/** Manifests that say what can be run. */
export const DECLARING: readonly RepoPath[] = PROGRAMS.flatMap(({ manifests }) => manifests);

/** Files whose text says whether they are entry points, and what people call them with. */
export function entryTexts(files: readonly Entry[]): readonly RepoPath[] {
  const plain = files.filter(({ path, mode }) => mode.startsWith('100') && !isTestCode(path) && !isTestName(path));
  const scripts = plain.filter(
    ({ path, mode }) =>
      path.split('/').length <= 3 && (mode === '100755' || PROGRAMS.some(({ mayBe }) => mayBe?.(path) === true)),
  );
  const said = plain.filter(({ path }) => DECLARING.includes(path) || /^(?:README|USAGE)\b[^/]*$/i.test(path));
  return [...said, ...scripts.slice(0, MOST_READ)].map(({ path }) => path);
}

/** Files that manifests name, whose text says whether they are entry points. */
export const namedTexts = (tree: ProgramTree): readonly RepoPath[] =>
  PROGRAMS.flatMap(({ reads }) => reads?.(tree) ?? []).filter((path) => tree.there.has(path));

const MOST_READ = 200;
/** A shell takes it for one word and nothing else. */
const PLAIN = /^[\w@+./-]+$/;

/** Programs that a repository declares or that can be run as they are. */
export function entryPoints(files: readonly Entry[], tree: ProgramTree): readonly EntryPoint[] {
  const scripts = files.flatMap(({ path, mode }): readonly EntryPoint[] => {
    const text = tree.texts.get(path);
    if (mode !== '100755' || text?.startsWith('#!') !== true || isTestCode(path) || isTestName(path)) return [];
    const runner = runsOf(path)?.with;
    const run = runner === undefined ? `./${path}` : `${runner} ${path}`;
    return [{ path, run, spelled: [run, `./${path}`] }];
  });
  const found = new Map<RepoPath, EntryPoint>();
  for (const each of [...PROGRAMS.flatMap(({ find }) => find(tree)), ...scripts])
    if (PLAIN.test(each.path) && !found.has(each.path)) found.set(each.path, each);
  return [...found.values()];
}

/** What people call a program with, as a README shows it: the arguments, in the order in which they stand. */
export function examplesOf({ spelled, path }: EntryPoint, texts: ReadonlyMap<RepoPath, string>): readonly string[] {
  const starts = [...spelled, path.split('/').at(-1) ?? path].sort((one, other) => other.length - one.length);
  const lines = [...texts].flatMap(([at, text]) => (/^(?:README|USAGE)\b/i.test(at) ? text.split('\n') : []));
  const found = lines.flatMap((line) => {
    const said = line
      .trim()
      .replace(/^[$>%] /, '')
      .replace(/^`(.*)`$/, '$1')
      .replace(/\s+#\s.*$/, '');
    const start = starts.find((each) => said === each || said.startsWith(`${each} `));
    const rest = start === undefined ? '' : said.slice(start.length).trim();
    return rest === '' || NO_EXAMPLE.test(rest) ? [] : [rest];
  });
  return [...new Set(found)];
}

/** Places to be filled, and what a shell would make more of. */
const NO_EXAMPLE = /[<>[\]{}|&;$`*]|\.\.\.|…/;
