import { isTestCode, isTestName } from '../contract/classify.ts';
import { parse } from '../contract/json-manifest.ts';
import type { RepoPath } from '../ids.ts';
import {
  declaredEntries,
  isGoSource,
  isRunnable,
  mainsOf,
  NOTHING_DECLARED,
  type EntryPoint,
} from './declared-entries.ts';

interface Entry {
  readonly path: RepoPath;
  readonly mode: string;
}

/** How files of a language are run. */
export interface Runs {
  readonly language: string;
  readonly names: RegExp;
  readonly ends: string;
  readonly with: string;
  /** A program that does nothing. */
  readonly nothing: string;
  /** What must be installed to run it, where not every version does. */
  readonly needs?: string;
}

export const RUNS: readonly Runs[] = [
  {
    language: 'TypeScript',
    names: /^(?:typescript|ts)$/i,
    ends: '.ts',
    with: 'node',
    nothing: 'const nothing: number = 0;\nvoid nothing;\n',
    needs: 'a Node that runs .ts files: 22.18 or later of 22, else 23.6 or later',
  },
  { language: 'JavaScript', names: /^(?:javascript|js|node|node\.?js)$/i, ends: '.js', with: 'node', nothing: '' },
  { language: 'Python', names: /^python3?$/i, ends: '.py', with: 'python3', nothing: '' },
  { language: 'Ruby', names: /^ruby$/i, ends: '.rb', with: 'ruby', nothing: '' },
  { language: 'Go', names: /^go(?:lang)?$/i, ends: '.go', with: 'go run', nothing: 'package main\n\nfunc main() {}\n' },
  { language: 'PHP', names: /^php$/i, ends: '.php', with: 'php', nothing: '<?php\n' },
  { language: 'shell', names: /^(?:shell|sh|bash)$/i, ends: '.sh', with: 'sh', nothing: '' },
];

export const runsOf = (path: RepoPath): Runs | undefined =>
  RUNS.find(({ ends }) => path.endsWith(ends)) ??
  RUNS.find(({ ends }) => path.replace(/\.[cm]([jt]s)$/, '.$1').endsWith(ends));

/** Files whose text says whether they are entry points, and what people call them with. */
export function entryTexts(files: readonly Entry[]): readonly RepoPath[] {
  const plain = files.filter(({ path, mode }) => mode.startsWith('100') && !isTestCode(path) && !isTestName(path));
  const scripts = plain.filter(
    ({ path, mode }) => path.split('/').length <= 3 && (mode === '100755' || path.endsWith('.py') || isGoSource(path)),
  );
  const said = plain.filter(({ path }) => path === 'package.json' || /^(?:README|USAGE)\b[^/]*$/i.test(path));
  return [...said, ...scripts.slice(0, MOST_READ)].map(({ path }) => path);
}

const MOST_READ = 200;
/** A shell takes it for one word and nothing else. */
const PLAIN = /^[\w@+./-]+$/;

/** Programs that a repository declares or that can be run as they are: `bin` of a package, scripts, `__main__`. */
export function entryPoints(
  files: readonly Entry[],
  texts: ReadonlyMap<RepoPath, string>,
  declared = NOTHING_DECLARED,
): readonly EntryPoint[] {
  const found = new Map<RepoPath, EntryPoint>();
  const add = (path: RepoPath, run: string, ...spelled: readonly string[]): void => {
    if (PLAIN.test(path) && !found.has(path)) found.set(path, { path, run, spelled: [run, ...spelled] });
  };
  const there = new Set(files.map(({ path }) => path));
  for (const [name, path] of binsOf(texts.get('package.json') ?? ''))
    if (there.has(path)) add(path, `node ${path}`, name, `npx ${name}`, `./${path}`);
  for (const path of mainsOf(texts.get('package.json') ?? ''))
    if (there.has(path) && isRunnable(texts.get(path) ?? '')) add(path, `node ${path}`, `./${path}`);
  for (const { path, run, spelled } of declaredEntries(declared, { there, texts })) add(path, run, ...spelled.slice(1));
  for (const { path, mode } of files) {
    const text = texts.get(path);
    if (text === undefined || isTestCode(path) || isTestName(path)) continue;
    const runner = runsOf(path)?.with;
    if (/(?:^|\/)__main__\.py$/.test(path)) {
      const folder = path.split('/').slice(0, -1).join('/');
      if (folder !== '')
        add(
          path,
          `python3 ${folder}`,
          `python3 -m ${folder.replaceAll('/', '.')}`,
          `python -m ${folder.replaceAll('/', '.')}`,
        );
    } else if (path.endsWith('.py') && /^if __name__ == ['"]__main__['"]/m.test(text))
      add(path, `python3 ${path}`, `python ${path}`, `./${path}`);
    else if (mode === '100755' && text.startsWith('#!'))
      add(path, runner === undefined ? `./${path}` : `${runner} ${path}`, `./${path}`);
  }
  return [...found.values()];
}

function binsOf(manifest: string): readonly (readonly [name: string, path: RepoPath])[] {
  const { bin, name } = parse(manifest) ?? {};
  const all = typeof bin === 'string' ? [[typeof name === 'string' ? name : bin, bin]] : Object.entries(bin ?? {});
  return all.flatMap(([one, path]) =>
    typeof one === 'string' && typeof path === 'string' ? [[one, path.replace(/^\.\//, '')] as const] : [],
  );
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
