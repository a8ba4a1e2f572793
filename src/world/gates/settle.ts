import type { GateSpec } from '../../domain/gates/gate.ts';
import type { ReaderName } from '../../domain/gates/reader-names.ts';
import { isScript } from '../../domain/contract/languages.ts';
import type { RepoPath } from '../../domain/ids.ts';
import type { Scripts } from '../../domain/project/project-rules.ts';
import { analyse, entriesOf, scriptName } from './command/analyse.ts';
import type { Analysis } from './command/analysis.ts';
import { parseCommand } from './command/argv.ts';
import { behindWrappers } from './command/runner.ts';
import { stepsOf, type Context } from './command/steps.ts';
import { COMMANDS } from '../../ecosystems/commands.ts';
import type { Draft } from './draft.ts';
import { NAMING } from './command/manifest-scripts.ts';
import { readerOf } from './readers/all.ts';
import type { TreeFiles } from './tree-files.ts';

const ALL = Object.values(COMMANDS);
const TEST_WORDS = [/(?:^|[^a-z])tests?(?:$|[^a-z])/i, ...ALL.flatMap(({ testWords }) => testWords ?? [])];

/** Whether the words of a command speak of tests; a runner behind it may not be one omk knows. */
export const soundsLikeTests = ({ argv }: Pick<GateSpec, 'argv'>): boolean =>
  argv.some((word) => TEST_WORDS.some((pattern) => pattern.test(word)));

/** A failure is run again once, to tell a flake from it. */
const RETRIES = 1;

/** Chooses the reader and the kind of a draft from what its command starts in this tree. */
export async function settle(given: Draft, files: TreeFiles): Promise<GateSpec> {
  const draft = await takenApart(given, files);
  const analysis = draft.reader === 'auto' || draft.kind === null ? await analyseIn(draft, files) : null;
  const reader = draft.reader === 'auto' ? reportable(analysis) : draft.reader;
  const kind = draft.kind ?? (reader !== 'exit_only' || soundsLikeTests(draft) ? 'test' : 'command');
  const starts = await scriptsStarted(draft, files);
  return { ...draft, reader, kind, retries: draft.retries ?? RETRIES, ...(starts.length > 0 ? { starts } : {}) };
}

/** A gate of a program that makes environments of its own as what it runs: they would need network. */
async function takenApart(draft: Draft, files: TreeFiles): Promise<Draft> {
  const runner = TASK_RUNNERS.find((each) => each.starts(draft.argv));
  if (draft.network || runner === undefined) return draft;
  const texts = runner.files.map(async (name) => [name, (await files.text(inside(draft.cwd, name))) ?? ''] as const);
  const lines = runner.lines(draft.argv, Object.fromEntries(await Promise.all(texts)));
  const [first, ...others] = lines ?? [];
  if (first === undefined) return draft;
  const parsed = others.length === 0 ? parseCommand(first) : null;
  if (parsed?.kind === 'argv') return { ...draft, argv: parsed.argv };
  return { ...draft, argv: ['sh', '-c', (lines ?? []).join(' && ')] };
}

const TASK_RUNNERS = ALL.flatMap(({ tasks }) => tasks ?? []);

const INTERPRETERS = [/^(?:(?:ba|z|da|k)?sh|perl)$/, ...ALL.flatMap(({ interpreters }) => interpreters ?? [])];

/** Scripts of the tree that the command starts behind package scripts or make: they run beside the tests, and could change them. */
async function scriptsStarted(gate: Pick<GateSpec, 'argv' | 'cwd'>, files: TreeFiles): Promise<readonly RepoPath[]> {
  const steps = stepsOf(gate.argv, await contextOf(gate, files)).flatMap(({ words }) => [...behindWrappers(words)]);
  const named = steps.flatMap(({ words: [program = '', ...args], start }) => {
    if (!start) return [];
    return INTERPRETERS.some((each) => each.test(program)) ? args.filter(isScript).slice(0, 1) : [program];
  });
  const paths = new Set(
    named.filter((word) => word.includes('/') || isScript(word)).map((word) => inside(gate.cwd, local(word))),
  );
  const found = new Set<RepoPath>();
  for (const path of paths) {
    const text = found.size < MOST_SCRIPTS && !found.has(path) ? await files.text(path) : null;
    if (text === null) continue;
    found.add(path);
    for (const next of ALL.flatMap((each) => each.loadedBy?.(path, text) ?? [])) paths.add(next);
  }
  return [...found].sort();
}

const MOST_SCRIPTS = 100;

const local = (word: string): string => word.replace(/^(?:\.\/)+/, '');

/** The runner behind a gate's command, seen in one tree; null when it is not one that a report can be had from. */
export async function analyseIn(gate: Pick<GateSpec, 'argv' | 'cwd'>, files: TreeFiles): Promise<Analysis | null> {
  const context = await contextOf(gate, files);
  const contents = new Map<string, string>();
  for (const path of new Set(entriesOf(gate.argv, context)))
    contents.set(path, (await files.text(inside(gate.cwd, path))) ?? '');
  return analyse(gate.argv, context, ({ entry }) => entry?.shows.test(contents.get(entry.path) ?? '') === true);
}

async function contextOf({ argv, cwd }: Pick<GateSpec, 'argv' | 'cwd'>, files: TreeFiles): Promise<Context> {
  const here = (name: string): Promise<string | null> => files.text(inside(cwd, name));
  const scripted = scriptName(argv) !== null || ['sh', 'bash', 'make', 'just'].includes(argv[0]);
  const scripts = scripted ? await scriptsIn(here, '') : {};
  const makes = argv[0] === 'make' || [...argv, ...Object.values(scripts)].some((text) => /\bg?make\b/.test(text));
  const makefile = makes ? ((await here('Makefile')) ?? (await here('makefile')) ?? (await here('GNUmakefile'))) : null;
  const justs = argv[0] === 'just' || [...argv, ...Object.values(scripts)].some((text) => /\bjust\b/.test(text));
  const justfile = justs ? ((await here('justfile')) ?? (await here('Justfile')) ?? (await here('.justfile'))) : null;
  const folders = new Map<string, Readonly<Record<string, string>>>();
  for (const [, folder = ''] of (argv[2] ?? '').matchAll(/(?:^|&&\s*)cd ([\w@/.-]+)/g))
    folders.set(folder, await scriptsIn(here, `${folder}/`));
  return {
    scripts,
    folders,
    ...(makefile === null ? {} : { makefile }),
    ...(justfile === null ? {} : { justfile }),
  };
}

/** Scripts of the manifest in a folder. */
async function scriptsIn(here: (name: string) => Promise<string | null>, folder: string): Promise<Scripts> {
  for (const { manifest, scriptsIn: read } of NAMING) {
    const text = await here(`${folder}${manifest}`);
    if (text !== null) return read(text);
  }
  return {};
}

/** A path relative to a gate's folder as a path of the repository. */
export const inside = (cwd: string, path: string): RepoPath => (cwd === '.' ? path : `${cwd}/${path}`);

function reportable(analysis: Analysis | null): ReaderName {
  if (analysis === null) return 'exit_only';
  const { runner, append } = analysis;
  const { reach, variable } = readerOf(runner.reader) ?? {};
  const byVariable = variable === undefined ? reach === 'environment' : !runner.sets.includes(variable);
  const byWords = append === 'direct' || (reach === 'arguments' && append !== 'no');
  const told = reach === 'environment' ? byVariable : byWords || (reach === 'arguments' && byVariable);
  return told ? runner.reader : 'exit_only';
}
