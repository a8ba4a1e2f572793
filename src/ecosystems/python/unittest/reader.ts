import * as z from 'zod/mini';
import { pythonFinds } from '../environment.ts';
import { eventsOf } from '../../../world/gates/readers/frame.ts';
import { loadedLine, withLoaded } from '../../../world/gates/readers/loaded.ts';
import { collector, invalidReport, relativeTo, type Outcome } from '../../../world/gates/readers/outcomes.ts';
import type { Argv, Injection, InjectRequest, Reader, ReadResult } from '../../../world/gates/readers/port.ts';
import type { Started } from '../../../world/gates/command/analysis.ts';
import { unittestCanary } from './canary.ts';
import type { Runner } from '../../../world/gates/runner.ts';

/** `file` is absolute, empty where it is not known. `broken`: a file or class that failed as a whole, not a test. */
const test = { id: z.string(), module: z.string(), file: z.string(), broken: z.boolean() };
const start = z.object({ event: z.literal('start'), ...test });
const outcome = z.object({ event: z.literal('outcome'), ...test, outcome: z.enum(['passed', 'failed', 'skipped']) });
const stop = z.object({ event: z.literal('stop'), ...test });
const line = z.union([start, outcome, stop, loadedLine]);

export const unittest: Reader = {
  name: 'unittest',
  version: ['python3', '--version'],
  reach: 'argv',
  report: 'directory',
  reporter: { file: 'unittest.py', extension: '.py' },
  beside: [{ file: 'loaded.py', extension: '_loaded.py' }],
  recognise,
  inject,
  read,
};

const MANAGE = /(?:^|\/)manage\.py$/;
/** The same program without a project of its own, also as the module `django`. */
const ADMIN = 'django-admin';

function recognise(program: string, args: readonly string[]): Started | null {
  if (program === 'manage.py' || program === ADMIN) return managed(args);
  if (!/^python(3(\.\d+)?)?$/.test(program) && program !== 'coverage' && program !== '-m') return null;
  const isOption = (arg: string): boolean => arg.startsWith('-') || arg === 'run';
  const script = args.findIndex((arg) => MANAGE.test(arg));
  if (script >= 0 && args.slice(0, script).every((arg) => isOption(arg) && arg !== '-m'))
    return managed(args.slice(script + 1));
  if (program === '-m') return module(args);
  const at = args.indexOf('-m');
  if (at < 0 || !args.slice(0, at).every(isOption)) return null;
  return module(args.slice(at + 1));
}

function module([name, ...args]: readonly string[]): Started | null {
  if (name === 'django') return managed(args);
  return name === 'unittest' ? { args } : null;
}

/** What `manage.py` of Django is told; a test runner that is named there stays. */
const managed = ([verb, ...args]: readonly string[]): Started | null =>
  verb === 'test' && !args.some((arg) => arg.startsWith('--testrunner')) ? { args } : null;

/** The reporter is started in the place of the module it reports on, or starts Django with a test runner of its own. */
function inject({ argv, env, reportDir, injectDir, reporterName, reordered }: InjectRequest): Injection {
  const [program, ...args] = argv;
  const script = argv.findIndex(
    (word, at) => MANAGE.test(word) || word === ADMIN || (word === 'django' && argv[at - 1] === '-m'),
  );
  const plain = args.map((arg, index) => (arg === 'unittest' && args[index - 1] === '-m' ? reporterName : arg));
  return {
    argv: script < 0 ? [program, ...plain] : startsManaged(argv, script, reporterName),
    ...(reordered ? { reordered } : {}),
    env: {
      ...env,
      OMK_UNITTEST_REPORT: reportDir,
      ...(reordered ? { OMK_UNITTEST_REVERSED: '1' } : {}),
      ...pythonFinds(env, injectDir),
    },
  };
}

function startsManaged(argv: Argv, script: number, reporterName: string): Argv {
  const before = argv.slice(0, argv[script - 1] === '-m' ? script - 1 : script);
  const python = before.some((word) => /(?:^|\/)(?:python[\d.]*|coverage)$/.test(word)) ? [] : ['python3'];
  const [program = 'python3', ...args] = [...before, ...python];
  return [program, ...args, '-m', reporterName, ...argv.slice(script), `--testrunner=${reporterName}.DjangoRunner`];
}

function read(report: string, checkout: string): ReadResult {
  const found = eventsOf(report, 'unittest', line);
  if (found.kind !== 'events') return found;

  const tests = collector();
  let running: { readonly id: string; readonly outcomes: Outcome[] } | null = null;
  for (const event of found.events) {
    if (event.event === 'loaded') continue;
    const id = idOf(event, checkout);
    if (event.broken) {
      if (event.event === 'outcome' && event.outcome === 'failed')
        tests.broken(event.file === '' ? event.id : relativeTo(checkout, event.file));
    } else if (event.event === 'start') {
      if (running !== null) return invalidReport(`"${running.id}" starts and never ends`);
      running = { id, outcomes: [] };
    } else if (running === null || running.id !== id) {
      // A class that is skipped as a whole is asked for each of its tests, which then never start.
      if (event.event !== 'outcome' || event.outcome !== 'skipped')
        return invalidReport(`"${id}" ends without having started`);
      tests.add(id, 'skipped');
    } else if (event.event === 'outcome') {
      running.outcomes.push(event.outcome);
    } else {
      const outcome = outcomeOf(running.outcomes);
      if (outcome === null) return invalidReport(`"${id}" ends without an outcome`);
      tests.add(id, outcome);
      running = null;
    }
  }
  const loaded = found.events.find((event) => event.event === 'loaded');
  return running === null
    ? withLoaded(tests.result(), loaded, checkout)
    : invalidReport(`"${running.id}" starts and never ends`);
}

/** A test may have several: one for each part, and one more for its clean-up. */
function outcomeOf(outcomes: readonly Outcome[]): Outcome | null {
  return (['failed', 'skipped', 'passed'] as const).find((each) => outcomes.includes(each)) ?? null;
}

function idOf(
  { id, module, file }: { readonly id: string; readonly module: string; readonly file: string },
  checkout: string,
): string {
  const own = id.startsWith(`${module}.`) ? id.slice(module.length + 1) : id;
  const path = file === '' ? '' : relativeTo(checkout, file);
  return path === '' || path.startsWith('/') ? id : `${path}::${own.replace('.', '::')}`;
}

export const runner: Runner = { reader: unittest, canary: unittestCanary };
