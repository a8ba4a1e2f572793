import * as z from 'zod/mini';
import { rubyLoads } from '../environment.ts';
import { eventsOf } from '../../../world/gates/readers/frame.ts';
import { loadedLine, withLoaded } from '../../../world/gates/readers/loaded.ts';
import { collector, invalidReport } from '../../../world/gates/readers/outcomes.ts';
import type { Injection, InjectRequest, Reader, ReadResult } from '../../../world/gates/readers/port.ts';
import { rspecCanary } from './canary.ts';
import type { Runner } from '../../../world/gates/runner.ts';

const example = { id: z.string(), file: z.string(), name: z.string() };
const run = z.object({ event: z.literal('run'), ...example });
const test = z.object({ event: z.literal('test'), ...example, outcome: z.enum(['passed', 'failed', 'skipped']) });
/** A file that cannot be loaded has no examples to fail. */
const broken = z.object({ event: z.literal('broken'), file: z.string() });
const start = z.object({ event: z.literal('start') });
const line = z.union([run, test, broken, start, loadedLine]);

export const rspec: Reader = {
  name: 'rspec',
  version: ['rspec', '--version'],
  reach: 'environment',
  variable: 'SPEC_OPTS',
  report: 'directory',
  reporter: { file: 'rspec.rb', extension: '.rb' },
  recognise(program, words) {
    const args = program === 'bundle' && words[0] === 'exec' ? words.slice(1) : [program, ...words];
    const isRspec = args[0]?.split('/').at(-1) === 'rspec';
    return isRspec && !args.some((arg) => ['--dry-run', '--init', '--version', '-v'].includes(arg))
      ? { args: args.slice(1) }
      : null;
  },
  inject,
  read,
};

function inject({ env, argv, reportDir, injectDir, reporterName, reordered }: InjectRequest): Injection {
  const formatter = `${reporterName.charAt(0).toUpperCase()}${reporterName.slice(1)}::Formatter`;
  const options = ['--format', 'progress', '--format', formatter, '--no-fail-fast'];
  const order = reordered ? ['--order', 'rand:2'] : [];
  return {
    argv,
    ...(reordered ? { reordered } : {}),
    env: {
      ...env,
      OMK_RSPEC_REPORT: reportDir,
      ...rubyLoads(env, `${injectDir}/${reporterName}.rb`),
      // A formatter of omk's takes the place of the project's, so people get one too. Every example has to have its say.
      SPEC_OPTS: [env['SPEC_OPTS'] ?? '', ...options, ...order].join(' ').trim(),
    },
  };
}

function read(report: string, checkout: string): ReadResult {
  const found = eventsOf(report, 'rspec', line);
  if (found.kind !== 'events') return found;

  const tests = collector();
  const running = new Set<string>();
  for (const event of found.events) {
    if (event.event === 'start' || event.event === 'loaded') continue;
    const file = event.file.replace(/^\.\//, '');
    if (event.event === 'broken') tests.broken(file);
    else if (event.event === 'run') {
      if (running.has(event.id)) return invalidReport(`"${event.id}" starts twice`);
      running.add(event.id);
    } else {
      if (!running.delete(event.id)) return invalidReport(`"${event.id}" ends without having started`);
      tests.add(`${file} > ${event.name}`, event.outcome);
    }
  }
  const [left] = running;
  const loaded = found.events.find((event) => event.event === 'loaded');
  return left === undefined
    ? withLoaded(tests.result(), loaded, checkout)
    : invalidReport(`"${left}" starts and never ends`);
}

export const runner: Runner = { reader: rspec, canary: rspecCanary };
