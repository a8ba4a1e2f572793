import * as z from 'zod/mini';
import { collector, invalidReport } from './outcomes.ts';
import type { Argv, Injection, InjectRequest, Reader, ReadResult } from './port.ts';

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

function inject({ argv, env }: InjectRequest): Injection {
  const [program, ...args] = argv;
  const at = args.indexOf('test');
  if (at < 0 || args.includes('-json')) return { argv, env };
  // A remembered result of an earlier run is not a run.
  const again = args.some((arg) => /^--?count(?:=|$)/.test(arg)) ? [] : ['-count=1'];
  const words: Argv = [program, ...args.slice(0, at + 1), '-json', ...again, ...args.slice(at + 1)];
  return { argv: words, env };
}

type Ending = 'pass' | 'fail' | 'skip' | 'running';

interface Entry {
  readonly id: string;
  readonly pkg: string;
  ending: Ending;
}

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
    const ending = action === 'pass' || action === 'fail' || action === 'skip' ? action : null;
    if (test === undefined) {
      if (action === 'start') packages.set(pkg, 'running');
      else if (ending) packages.set(pkg, ending);
      continue;
    }
    const id = `${pkg}/${test}`;
    const running = current.get(id);
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
    if (ending === 'running' && packages.get(pkg) !== 'fail')
      return invalidReport(`"${id}" never ends, but its package did not fail`);
    outcomes.add(id, ending === 'pass' ? 'passed' : ending === 'skip' ? 'skipped' : 'failed');
  }
  for (const [pkg, ending] of packages)
    if (ending === 'fail' && !tests.some((test) => test.pkg === pkg)) outcomes.broken(pkg);
  return outcomes.result();
}

function parse(row: string): z.infer<typeof line> | null {
  try {
    return line.safeParse(JSON.parse(row)).data ?? null;
  } catch {
    return null;
  }
}
