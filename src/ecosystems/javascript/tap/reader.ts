import { Parser, type EventLog } from 'tap-parser';
import * as z from 'zod/mini';
import { ARGUMENTS_FILE, byArguments } from '../arguments.ts';
import { jsonLines } from '../../../world/gates/readers/lines.ts';
import { collector, invalidReport } from '../../../world/gates/readers/outcomes.ts';
import type { Injection, InjectRequest, Reader, ReadResult } from '../../../world/gates/readers/port.ts';
import type { Started } from '../../../world/gates/command/analysis.ts';
import { reportDirIn, sealedBy } from '../../../world/gates/readers/sealed.ts';
import { tapCanary } from './canary.ts';
import { toldByNode } from '../loads.ts';
import type { Runner } from '../../../world/gates/runner.ts';

/** Runs no test, or does not end. */
const NO_RUN =
  /^(?:-[wn]|--(?:watch|changed|version|help)|repl|report|replay|build|list|debug|help|config|dump-config|versions|plugin|--)$/;

export const tap: Reader = {
  name: 'tap',
  version: ['node', '--version'],
  reach: 'arguments',
  variable: 'NODE_OPTIONS',
  report: 'directory',
  ...sealedBy('tap.cjs', ARGUMENTS_FILE),
  recognise,
  inject,
  read,
};

function recognise(program: string, args: readonly string[]): Started | null {
  if ((program !== 'tap' && program !== 'tap-run') || args.some((arg) => NO_RUN.test(arg))) return null;
  return { args: args[0] === 'run' ? args.slice(1) : args };
}

function inject(request: InjectRequest): Injection {
  const { env, injectDir, reporterName, reportDir } = request;
  // The last reporter wins; and every test has to have its say, also after one that failed.
  const options = [`--reporter=${injectDir}/${reporterName}.cjs`, '--no-bail'];
  return byArguments({ ...request, env: { ...env, ...reportDirIn(reportDir) } }, ['tap', '@tapjs/run'], options);
}

const line = z.union([
  z.object({ event: z.literal('tap'), line: z.string() }),
  z.object({ event: z.literal('begin'), reporter: z.literal('tap'), version: z.literal(1) }),
  z.object({ event: z.literal('end') }),
  z.object({ seal: z.nullable(z.string()) }),
]);
type Line = z.infer<typeof line>;

/** Assertions are the tests of TAP; a file is the outermost group of them. */
function read(report: string): ReadResult {
  const parsed = jsonLines(report, (value): Line | null => line.safeParse(value).data ?? null);
  if (parsed.kind === 'invalid') return invalidReport(parsed.detail);
  const [first, ...rest] = parsed.lines;
  const seal = rest.pop();
  const last = rest.pop();
  if (!first || !('event' in first) || first.event !== 'begin') return invalidReport('the report has no beginning');
  if (!seal || !('seal' in seal) || !last || !('event' in last) || last.event !== 'end')
    return invalidReport('the report breaks off: the runner did not end by itself');
  const text: string[] = [];
  for (const each of rest) {
    if (!('event' in each) || each.event !== 'tap') return invalidReport('the report begins or ends twice');
    text.push(each.line);
  }
  const tests = collector();
  walk(Parser.parse(`${text.join('\n')}\n`), [], false, tests);
  return tests.result();
}

interface Seen {
  tests: number;
  failed: number;
}

/** Adds what is in one group. `idle`: the group is skipped or planned, so that nothing in it shows anything. */
function walk(events: EventLog, around: readonly string[], idle: boolean, tests: ReturnType<typeof collector>): Seen {
  const seen: Seen = { tests: 0, failed: 0 };
  let group: EventLog | null = null;
  for (const [kind, data] of events) {
    if (kind === 'child' && Array.isArray(data)) group = data;
    if (kind !== 'assert') continue;
    const { ok, name, skip, todo } = data;
    const isIdle = idle || Boolean(skip) || Boolean(todo);
    const titles = [...around, name];
    const inner = group === null ? { tests: 0, failed: 0 } : walk(group, titles, isIdle, tests);
    group = null;
    const isFile = around.length === 0;
    // A group that failed by itself, for example by a time-out, fails as one.
    const alone = inner.tests === 0 || (!ok && !isIdle && inner.failed === 0);
    if (isFile && alone && !ok && !isIdle) tests.broken(name);
    const ran = ok ? 'passed' : 'failed';
    if (!isFile && alone) tests.add(titles.join(' > '), isIdle ? 'skipped' : ran);
    seen.tests += inner.tests + (alone ? 1 : 0);
    seen.failed += ok || isIdle ? 0 : 1;
  }
  return seen;
}

export const runner: Runner = { reader: toldByNode(tap), canary: tapCanary };
