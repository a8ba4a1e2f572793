import * as z from 'zod/mini';
import type { Loads } from '../../domain/gates/evidence.ts';
import type { RepoPath } from '../../domain/ids.ts';
import { nodeOptions } from './node-options.ts';
import type { Injected, Reader } from '../../world/gates/readers/port.ts';

const head = z.object({
  process: z.string(),
  /** The process that started it. */
  by: z.nullable(z.string()),
  /** What it was started with. */
  main: z.nullable(z.string()),
  /** Its pairs are in no order. */
  late: z.optional(z.boolean()),
});
const pair = z.tuple([z.nullable(z.string()), z.string()]);

interface Thread extends z.infer<typeof head> {
  readonly pairs: readonly z.infer<typeof pair>[];
  /** How many of its pairs come before the first file of tests; all where it loads none. */
  readonly before: number;
}

/** A reader whose runner Node runs: `loads.cjs` is loaded into every process. */
export const toldByNode = <Told extends Reader>(
  reader: Told,
): Omit<Told, 'loads'> & { readonly loads: { readonly files: readonly Injected[]; readonly read: typeof read } } => ({
  ...reader,
  loads: { files: [{ file: 'loads.cjs', extension: '.loads.cjs' }, ...(reader.loads?.files ?? [])], read },
  inject(request) {
    const told = reader.inject(request);
    if (!request.loads) return told;
    const { env } = told;
    const load = nodeOptions(env, [`--require=${request.injectDir}/${request.reporterName}.loads.cjs`]);
    return { ...told, env: { ...env, ...load, OMK_LOADS: JSON.stringify(request.loads) } };
  },
});

function read(texts: readonly string[], tests: ReadonlySet<RepoPath>): Loads | null {
  const threads = texts.flatMap((text) => parse(text, tests) ?? []);
  // The runner has ways to load that were not seen.
  if (!threads.some(({ pairs }) => pairs.some(([, to]) => tests.has(to)))) return null;
  const byName = new Map(threads.map((each) => [each.process, each]));
  const late = new Set(threads.filter((each) => each.late === true).map(({ by }) => by));
  const isTesting = (each: Thread): boolean => each.before < each.pairs.length || late.has(each.process);
  const isStartedByTests = (each: Thread): boolean => {
    const above = new Set([each]);
    for (let at = byName.get(each.by ?? ''); at !== undefined && !above.has(at); at = byName.get(at.by ?? '')) {
      if (isTesting(at)) return each.late !== true;
      above.add(at);
    }
    return false;
  };
  const theirs = new Set(threads.filter(isStartedByTests));
  const runners = new Set<string>();
  const seen = new Set<string>();
  for (const thread of threads) {
    if (theirs.has(thread)) continue;
    for (const [at, [from, to]] of thread.pairs.entries()) {
      if (isPackage(to) || tests.has(to) || to === thread.main) continue;
      seen.add(to);
      if ((from === null || isPackage(from)) && (thread.late === true || at < thread.before)) runners.add(to);
    }
  }
  const reached = reachedFrom(tests, threads, { theirs, runners });
  const apart = [...seen].filter((path) => !reached.has(path) && !runners.has(path));
  return { reached: productIn(reached, runners.union(tests)), apart: apart.sort(), runners: [...runners].sort() };
}

const productIn = (reached: ReadonlySet<string>, others: ReadonlySet<string>): readonly RepoPath[] =>
  [...reached].filter((path) => !path.includes('\0') && !others.has(path)).sort();

const isPackage = (name: string): boolean => name.startsWith('package:');

/**
 * What tests lead to, also through packages that are loaded for it; what is loaded before the tests is their runner, and what that loads
 * is not theirs.
 */
function reachedFrom(
  tests: ReadonlySet<RepoPath>,
  threads: readonly Thread[],
  { theirs, runners }: { readonly theirs: ReadonlySet<Thread>; readonly runners: ReadonlySet<string> },
): ReadonlySet<string> {
  const next = new Map<string, string[]>();
  const open: string[] = [...tests];
  for (const thread of threads) {
    const early = theirs.has(thread) ? 0 : thread.before;
    const of = new Set(thread.pairs.slice(0, early).flatMap((each) => each.filter((name) => name && isPackage(name))));
    const nodeOf = (name: string): string => (isPackage(name) ? `${thread.process}\0${name}` : name);
    for (const [from, to] of thread.pairs) {
      // What the runner loads is loaded into what tests start, too.
      if (theirs.has(thread) && from === null && !runners.has(to)) open.push(nodeOf(to));
      if (from === null || of.has(from) || of.has(to)) continue;
      next.set(nodeOf(from), [...(next.get(nodeOf(from)) ?? []), nodeOf(to)]);
    }
  }
  const reached = new Set<string>();
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (reached.has(at)) continue;
    reached.add(at);
    open.push(...(next.get(at) ?? []));
  }
  return reached;
}

function parse(text: string, tests: ReadonlySet<RepoPath>): Thread | null {
  // A process that was ended leaves half a line.
  const [first, ...rest] = text.split('\n').slice(0, -1).map(json);
  const { data } = head.safeParse(first);
  if (data === undefined) return null;
  const pairs = rest.flatMap((line): z.infer<typeof pair>[] => {
    const found = pair.safeParse(line);
    return found.success ? [found.data] : [];
  });
  const start = pairs.findIndex(([, to]) => tests.has(to));
  return { ...data, pairs, before: start < 0 ? pairs.length : start };
}

function json(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
