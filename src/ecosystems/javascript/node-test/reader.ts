import { pathToFileURL } from 'node:url';
import * as z from 'zod/mini';
import { eventsOf } from '../../../world/gates/readers/frame.ts';
import { nodeOptions } from '../node-options.ts';
import { collector, invalidReport, relativeTo } from '../../../world/gates/readers/outcomes.ts';
import type { Injection, InjectRequest, Reader, ReadResult } from '../../../world/gates/readers/port.ts';
import type { Started } from '../../../world/gates/command/analysis.ts';
import { sealedBy } from '../../../world/gates/readers/sealed.ts';
import { nodeTestCanary } from './canary.ts';
import { toldByNode } from '../loads.ts';
import type { Runner } from '../../../world/gates/runner.ts';

const test = z.object({
  event: z.enum(['start', 'pass', 'fail']),
  name: z.string(),
  nesting: z.int().check(z.minimum(0)),
  file: z.string(),
  suite: z.boolean(),
  skipped: z.boolean(),
});
type TestEvent = z.infer<typeof test>;
const line = z.union([test, z.object({ event: z.literal('order') })]);
/** What changes the order of tests, where the Node of the gate can. */
const ORDER = { file: 'node-test-order.cjs', extension: '.order.cjs' };

export const nodeTest: Reader = {
  name: 'node-test',
  version: ['node', '--version'],
  reach: 'environment',
  variable: 'NODE_OPTIONS',
  report: 'directory',
  ...sealedBy('node-test.mjs', ORDER),
  recognise,
  inject,
  read,
};

const JAVASCRIPT = /\.[cm]?[jt]s$/;
const TAKES_VALUE = new Set(['-r', '--require', '--import', '--loader', '--experimental-loader', '--env-file']);

function recognise(program: string, args: readonly string[]): Started | null {
  // better-node-test: `node --test` with a reporter of its own choice.
  if (program === 'bnt')
    return { args: ['--test-reporter=spec', ...args.map((arg) => (arg === '-t' ? '--test-name-pattern' : arg))] };
  if (program !== 'node' && program !== 'tsx') return null;
  if (args.includes('--test')) return { args: args.filter((arg) => arg !== '--test') };
  const entry = args.find(
    (arg, index) => !arg.startsWith('-') && JAVASCRIPT.test(arg) && !TAKES_VALUE.has(args[index - 1] ?? ''),
  );
  return entry === undefined ? null : { args, entry: { path: entry.replace(/^\.\//, ''), shows: /['"]node:test['"]/ } };
}

function inject({ argv, env, reportDir, injectDir, reporterName, analysis, reordered }: InjectRequest): Injection {
  const reporter = pathToFileURL(`${injectDir}/${reporterName}.mjs`);
  reporter.searchParams.set('dir', reportDir);
  const args = analysis?.runner.args ?? [];
  const has = (option: string): number => args.filter((arg) => arg === option || arg.startsWith(`${option}=`)).length;
  const own = has('--test-reporter');
  const ownDestinations = has('--test-reporter-destination');
  const options: string[] = [];
  // Node wants as many destinations as reporters; a single reporter without one writes to stdout.
  if (own === 0) options.push('--test-reporter=spec', '--test-reporter-destination=stdout');
  options.push(`--test-reporter=${reporter.href}`, '--test-reporter-destination=stdout');
  if (own === 1 && ownDestinations === 0) options.push('--test-reporter-destination=stdout');
  if (reordered) options.push(`--require=${injectDir}/${reporterName}${ORDER.extension}`);
  return { argv, env: { ...env, ...nodeOptions(env, options) } };
}

function read(report: string, root: string): ReadResult {
  const found = eventsOf(report, 'node-test', line);
  if (found.kind !== 'events') return found;

  const tests = collector();
  // Starts and ends arrive nested, file after file, whatever ran at the same time.
  const open: TestEvent[] = [];
  for (const event of found.events) {
    if (event.event === 'order') continue;
    if (event.event === 'start') {
      if (event.nesting !== open.length)
        return invalidReport(`"${event.name}" starts at depth ${event.nesting} inside ${open.length} tests`);
      open.push(event);
      continue;
    }
    const started = open.pop();
    if (!started || started.name !== event.name || started.nesting !== event.nesting)
      return invalidReport(`"${event.name}" ends without having started`);
    if (isFile(event)) {
      if (event.event === 'fail') tests.broken(relativeTo(root, event.file));
      continue;
    }
    if (event.suite) continue;
    const names = [...open, event].map(({ name }) => name);
    const file = relativeTo(root, open[0]?.file ?? event.file);
    const ran = event.event === 'pass' ? 'passed' : 'failed';
    tests.add([file, ...names].join(' > '), event.skipped ? 'skipped' : ran);
  }
  if (open.length > 0) return invalidReport(`"${open.at(-1)?.name}" starts and never ends`);
  const result = tests.result();
  const reordered = found.events.some((each) => each.event === 'order');
  return result.kind === 'tests' && reordered ? { ...result, reordered } : result;
}

/** The runner reports a file that has no tests, or died, as an entry of its own: absolute, or relative to its directory. */
const isFile = ({ name, nesting, file }: TestEvent): boolean =>
  nesting === 0 && name !== '' && (name === file || file.endsWith(`/${name}`));

export const runner: Runner = { reader: toldByNode(nodeTest), canary: nodeTestCanary };
