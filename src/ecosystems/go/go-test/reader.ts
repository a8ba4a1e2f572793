import * as z from 'zod/mini';
import { collector, invalidReport } from '../../../world/gates/readers/outcomes.ts';
import type { Argv, Injection, InjectRequest, Reader, ReadResult } from '../../../world/gates/readers/port.ts';
import { goTestCanary } from './canary.ts';
import type { Runner } from '../../../world/gates/runner.ts';

const line = z.object({
  Action: z.string(),
  Package: z.optional(z.string()),
  Test: z.optional(z.string()),
  Output: z.optional(z.string()),
});

export const goTest: Reader = {
  name: 'go-test',
  version: ['go', 'version'],
  reach: 'argv',
  report: 'stdout',
  reporter: null,
  recognise: (program, args) => (program === 'go' && args[0] === 'test' ? { args: args.slice(1) } : null),
  inject,
  read,
  human: (row) => (row.startsWith('{') ? (parse(row)?.Output?.trimEnd() ?? null) : row),
};

function inject({ argv, env, reordered }: InjectRequest): Injection {
  const [program, ...args] = argv;
  const at = args.indexOf('test');
  if (at < 0 || args.includes('-json')) return { argv, env };
  // A remembered result of an earlier run is not a run.
  const again = args.some((arg) => /^--?count(?:=|$)/.test(arg)) ? [] : ['-count=1'];
  const shuffles = reordered === true && !args.some((arg) => /^--?shuffle(?:=|$)/.test(arg));
  const order = shuffles ? ['-shuffle=2'] : [];
  const words: Argv = [program, ...args.slice(0, at + 1), '-json', ...again, ...order, ...args.slice(at + 1)];
  return { argv: words, env, ...(shuffles ? { reordered } : {}) };
}

type Ending = 'pass' | 'fail' | 'skip' | 'running';

/** `bench`: a benchmark that printed logs and did not fail. */
const ENDINGS: ReadonlyMap<string, Ending> = new Map([
  ['pass', 'pass'],
  ['bench', 'pass'],
  ['fail', 'fail'],
  ['skip', 'skip'],
]);

interface Entry {
  readonly id: string;
  readonly pkg: string;
  ending: Ending;
}

/**
 * Of a benchmark only a failure, a skip and logs have an event; one that went well is over when it has measured,
 * or when the next one starts.
 */
const isBenchmark = (test: string): boolean => /^Benchmark(?![a-z])/.test(test);
const MEASURED = /(?:^|\t) *\d+\t/;

function read(text: string): ReadResult {
  const tests: Entry[] = [];
  // With -count a test runs again under the same name, after it ended.
  const current = new Map<string, Entry>();
  const packages = new Map<string, Ending>();
  let events = 0;
  for (const row of text.split('\n')) {
    // Messages of the build stand between the events as plain text.
    if (!row.startsWith('{')) continue;
    const event = parse(row);
    if (event === null) return invalidReport('a line of the report is not an event of go test');
    events++;
    const { Action: action, Package: pkg, Test: test } = event;
    if (pkg === undefined) continue;
    const ending = ENDINGS.get(action) ?? null;
    if (test === undefined) {
      if (action === 'start') packages.set(pkg, 'running');
      else if (ending) packages.set(pkg, ending);
      continue;
    }
    const id = `${pkg}/${test}`;
    if (action === 'run' && isBenchmark(test)) endBenchmarks(current, pkg, id);
    const running = current.get(id);
    if (action === 'output' && running && isBenchmark(test) && MEASURED.test(event.Output ?? ''))
      running.ending = 'pass';
    if (action === 'run') {
      if (running) return invalidReport(`"${id}" starts twice`);
      const entry: Entry = { id, pkg, ending: 'running' };
      tests.push(entry);
      current.set(id, entry);
    } else if (ending) {
      if (!running) return invalidReport(`"${id}" ends without having started`);
      running.ending = ending;
      current.delete(id);
    }
  }
  if (events === 0) return { kind: 'unreadable', why: 'missing', detail: 'go test wrote no events' };
  const open = [...packages].find(([, ending]) => ending === 'running');
  if (open) return invalidReport(`package "${open[0]}" starts and never ends`);

  const outcomes = collector();
  for (const { id, pkg, ending } of tests) {
    if (ending === 'running' && packages.get(pkg) === 'pass' && isBenchmark(id.slice(pkg.length + 1))) {
      outcomes.add(id, 'passed');
      continue;
    }
    if (ending === 'running' && packages.get(pkg) !== 'fail')
      return invalidReport(`"${id}" never ends, but its package did not fail`);
    const notPassed = ending === 'skip' ? 'skipped' : 'failed';
    outcomes.add(id, ending === 'pass' ? 'passed' : notPassed);
  }
  for (const [pkg, ending] of packages)
    if (ending === 'fail' && !tests.some((test) => test.pkg === pkg)) outcomes.broken(pkg);
  return outcomes.result();
}

/** Benchmarks of a package run one after the other: those that the next one is not part of are over. */
function endBenchmarks(current: Map<string, Entry>, pkg: string, next: string): void {
  for (const [id, entry] of current) {
    if (entry.pkg !== pkg || !isBenchmark(id.slice(pkg.length + 1)) || next.startsWith(`${id}/`)) continue;
    entry.ending = 'pass';
    current.delete(id);
  }
}

function parse(row: string): z.infer<typeof line> | null {
  try {
    return line.safeParse(JSON.parse(row)).data ?? null;
  } catch {
    return null;
  }
}

export const runner: Runner = { reader: goTest, canary: goTestCanary };
