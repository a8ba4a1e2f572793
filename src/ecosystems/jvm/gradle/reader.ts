import * as z from 'zod/mini';
import { withArguments } from '../../../world/gates/readers/arguments.ts';
import { addJunit } from '../../../world/gates/readers/junit.ts';
import { eventsOf } from '../../../world/gates/readers/frame.ts';
import { collector, invalidReport, type Outcome } from '../../../world/gates/readers/outcomes.ts';
import type { Injection, InjectRequest, Reader, ReadResult } from '../../../world/gates/readers/port.ts';
import { junitCanary } from '../junit-canary.ts';
import { toldByJvm } from '../classes.ts';
import type { Runner } from '../../../world/gates/runner.ts';

const named = { task: z.string(), type: z.nullable(z.string()), name: z.string() };
const run = z.object({ event: z.literal('run'), ...named });
const test = z.object({ event: z.literal('test'), ...named, outcome: z.string() });
const start = z.object({ event: z.literal('start'), task: z.string() });
const stop = z.object({ event: z.literal('stop'), task: z.string() });
/** The methods of each class run in another order: JUnit 5, as far as a project does not say otherwise. */
const order = z.object({ event: z.literal('order') });
const line = z.union([run, test, start, stop, order]);

const OUTCOMES: Readonly<Record<string, Outcome>> = { SUCCESS: 'passed', FAILURE: 'failed', SKIPPED: 'skipped' };

export const gradle: Reader = {
  name: 'gradle',
  version: ['gradle', '--version'],
  reach: 'arguments',
  report: 'directory',
  reporter: { file: 'gradle.gradle', extension: '.gradle' },
  recognise: (program, args) =>
    (program === 'gradle' || program === 'gradlew') &&
    args.some((arg) => /^(?::?[\w-]+)*:?(?:\w*[tT]est|check|build)$/.test(arg)) &&
    !args.includes('-x')
      ? { args }
      : null,
  inject,
  read,
};

function inject(request: InjectRequest): Injection {
  const { env, reportDir, injectDir, reporterName, reordered } = request;
  const words = [
    '--init-script',
    `${injectDir}/${reporterName}.gradle`,
    '--no-daemon',
    '--continue',
    ...(request.network === false ? ['--offline'] : []),
  ];
  return {
    argv: withArguments(request, words),
    env: { ...env, OMK_GRADLE_REPORT: reportDir, ...(reordered ? { OMK_GRADLE_SHUFFLED: '1' } : {}) },
  };
}

function read(report: string): ReadResult {
  const found = eventsOf(report, 'gradle', line);
  if (found.kind !== 'events') return found;

  const tests = collector();
  const tasks = new Set<string>();
  // Test tasks run side by side, and a test that is told again has run again.
  const running = new Map<string, number>();
  for (const event of found.events) {
    if (event.event === 'order') continue;
    if (event.event === 'start') tasks.add(event.task);
    else if (event.event === 'stop') {
      if (!tasks.delete(event.task)) return invalidReport(`task ${event.task} ends without having started`);
    } else {
      const id = `${event.task} ${event.type} ${event.name}`;
      const left = running.get(id) ?? 0;
      if (event.event === 'run') running.set(id, left + 1);
      else {
        const outcome = OUTCOMES[event.outcome];
        if (left === 0 || outcome === undefined) return invalidReport(`"${id}" ends without having started`);
        running.set(id, left - 1);
        addJunit(tests, projectOf(event.task), event.type ?? '', event.name.replace(/\(\)$/, ''), outcome);
      }
    }
  }
  const open = [...tasks, ...[...running].filter(([, left]) => left > 0).map(([id]) => id)];
  if (open.length > 0) return invalidReport(`"${open[0]}" starts and never ends`);
  const result = tests.result();
  const reordered = found.events.some((each) => each.event === 'order');
  return result.kind === 'tests' && reordered ? { ...result, reordered } : result;
}

/** `:core:test` is the usual task of a project: its name is left out. */
const projectOf = (path: string): string => {
  const place = path.replace(/^:/, '').replace(/:?test$/, '');
  return place === '' ? '' : `${place} > `;
};

export const runner: Runner = { reader: toldByJvm(gradle), canary: junitCanary };
