import * as z from 'zod/mini';
import { pythonFinds } from '../environment.ts';
import { eventsOf } from '../../../world/gates/readers/frame.ts';
import { loadedLine, withLoaded } from '../../../world/gates/readers/loaded.ts';
import { collector, invalidReport, relativeTo, type Outcome } from '../../../world/gates/readers/outcomes.ts';
import type { Injection, InjectRequest, Reader, ReadResult } from '../../../world/gates/readers/port.ts';
import type { Started } from '../../../world/gates/command/analysis.ts';
import { pytestCanary } from './canary.ts';
import type { Runner } from '../../../world/gates/runner.ts';

const phase = z.object({
  event: z.literal('phase'),
  id: z.string(),
  when: z.enum(['setup', 'call', 'teardown']),
  outcome: z.string(),
  /** The test is marked as expected to fail. */
  expected: z.boolean(),
  /** A subtest: its phase does not end the test. */
  part: z.boolean(),
});
/** A file that cannot be imported has no tests to fail. */
const collect = z.object({ event: z.literal('broken'), id: z.string() });
const line = z.union([phase, collect, loadedLine]);
type Phase = z.infer<typeof phase>;

export const pytest: Reader = {
  name: 'pytest',
  version: ['python3', '--version'],
  reach: 'environment',
  variable: 'PYTEST_ADDOPTS',
  report: 'directory',
  reporter: { file: 'pytest.py', extension: '.py' },
  beside: [{ file: 'loaded.py', extension: '_loaded.py' }],
  recognise,
  inject,
  read,
};

function recognise(program: string, args: readonly string[]): Started | null {
  if (program === 'pytest' || program === 'py.test') return { args };
  // What a wrapper such as `coverage run -m` leaves.
  if (program === '-m') return args[0] === 'pytest' ? { args: args.slice(1) } : null;
  if (!/^python(3(\.\d+)?)?$/.test(program)) return null;
  const at = args.indexOf('-m');
  if (at < 0 || !args.slice(0, at).every((arg) => arg.startsWith('-'))) return null;
  const [module, ...rest] = args.slice(at + 1);
  if (module === 'pytest') return { args: rest };
  const inner = module === 'coverage' && rest[0] === 'run' ? rest.indexOf('-m') : -1;
  return inner < 0 ? null : recognise('-m', rest.slice(inner + 1));
}

function inject({ argv, env, reportDir, injectDir, reporterName, tmp, reordered }: InjectRequest): Injection {
  const options = [
    env['PYTEST_ADDOPTS'] ?? '',
    '-p',
    reporterName,
    `--omk-report=${quote(reportDir)}`,
    '-o',
    `cache_dir=${quote(`${tmp}/pytest-cache`)}`,
    ...(reordered ? ['--omk-reversed'] : []),
  ];
  return {
    argv,
    ...(reordered ? { reordered } : {}),
    env: {
      ...env,
      PYTEST_ADDOPTS: options.filter((option) => option !== '').join(' '),
      ...pythonFinds(env, injectDir),
    },
  };
}

/** Pytest cuts the variable like a shell does. */
const quote = (path: string): string => (/^[\w/.@:+-]+$/.test(path) ? path : `'${path.replaceAll("'", `'"'"'`)}'`);

function read(report: string, checkout: string): ReadResult {
  const found = eventsOf(report, 'pytest', line);
  if (found.kind !== 'events') return found;

  // Phases of one test come in order, but with workers those of several tests are mixed.
  const open = new Map<string, Phase[]>();
  const tests = collector();
  // Ids are relative to a folder that pytest chooses.
  const { root = checkout } = found;
  const place = root === checkout ? '' : `${relativeTo(checkout, root)}/`;
  for (const event of found.events) {
    if (event.event === 'broken') {
      tests.broken(place + event.id);
      continue;
    }
    if (event.event === 'loaded') continue;
    // A second setup is another try of a plugin that runs failed tests again.
    const phases = event.when === 'setup' ? [] : (open.get(event.id) ?? []);
    open.set(event.id, [...phases, event]);
    if (event.when !== 'teardown') continue;
    open.delete(event.id);
    const outcome = outcomeOf([...phases, event]);
    if (outcome === 'incomplete') return invalidReport(`"${event.id}" ends without having run`);
    tests.add(place + event.id, outcome);
  }
  const [left] = open.keys();
  const loaded = found.events.find((event) => event.event === 'loaded');
  return left === undefined
    ? withLoaded(tests.result(), loaded, checkout)
    : invalidReport(`"${left}" starts and never ends`);
}

/** A failed phase fails the test. Skipped, and expected failures whether they failed or not, are not a pass. */
function outcomeOf(phases: readonly Phase[]): Outcome | 'incomplete' {
  if (phases.some(({ outcome }) => outcome !== 'passed' && outcome !== 'skipped')) return 'failed';
  const setup = phases.find(({ when }) => when === 'setup');
  const call = phases.find(({ when, part }) => when === 'call' && !part);
  if (setup?.outcome === 'skipped') return 'skipped';
  if (!setup || !call) return 'incomplete';
  return call.outcome === 'skipped' || phases.some(({ expected }) => expected) ? 'skipped' : 'passed';
}

export const runner: Runner = { reader: pytest, canary: pytestCanary };
