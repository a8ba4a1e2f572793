import type { Measurement, ProcessOutcome } from '../gates/evidence.ts';
import { plantedIn } from '../evidence/flakes.ts';
import type { GateSpec } from '../gates/gate.ts';
import { measuredVerdict } from '../gates/measured.ts';
import { brokenIn } from '../gates/baseline.ts';
import type { Verdict } from '../gates/verdict.ts';

/** Where two runs of one gate say different things; `ids` are the tests it is about, none where it is about the run as a whole. */
export interface Difference {
  readonly text: string;
  readonly ids: readonly string[];
}

type Outcome = 'passed' | 'failed' | 'skipped' | 'absent';

/** A recorded run and one of the same here: verdict, exit, tests and changed files. Output differs from run to run and is not looked at. */
export function differencesBetween(
  gate: GateSpec,
  recorded: Measurement,
  here: Measurement,
  unstable: ReadonlySet<string>,
): readonly Difference[] {
  const ids = differentTests(recorded, here, unstable);
  const whole = [
    different('ended', exitOf(recorded.outcome), exitOf(here.outcome)),
    recorded.purpose === 'canary' || recorded.purpose === 'altered'
      ? different('planted tests', caught(recorded), caught(here))
      : different('verdict', verdictWords(measuredVerdict(gate, recorded)), verdictWords(measuredVerdict(gate, here))),
    different('failed as a whole', brokenIn(recorded).join(', '), brokenIn(here).join(', ')),
    different('changed files', [...recorded.changed].sort().join(', '), [...here.changed].sort().join(', ')),
  ].flat();
  // What is known to be unstable makes a run red or green without saying anything.
  const indifferent = ids.length === 0 && [recorded, here].some((run) => isRedByThese(run, unstable));
  return [...ids, ...(indifferent ? [] : whole)];
}

const different = (what: string, there: string, here: string): readonly Difference[] =>
  there === here ? [] : [{ text: `${what}: ${there || 'none'} there, ${here || 'none'} here`, ids: [] }];

function isRedByThese({ report }: Measurement, unstable: ReadonlySet<string>): boolean {
  const failed = report.kind === 'tests' ? report.tests.failed : [];
  return failed.length > 0 && failed.every((id) => unstable.has(id));
}

function exitOf(outcome: ProcessOutcome): string {
  switch (outcome.kind) {
    case 'exited':
      return outcome.code === 0 ? 'exit code 0' : 'an exit code other than 0';
    case 'signalled':
      return `by ${outcome.signal}`;
    case 'timed_out':
      return 'by its time limit';
    case 'out_of_memory':
      return 'for want of memory';
    case 'not_started':
      return 'before it started';
  }
}

export const verdictWords = (verdict: Verdict): string =>
  verdict.kind === 'pass' ? 'pass' : `${verdict.kind.replace('_', ' ')} ${verdict.code}`;

export function caught({ canary, report }: Measurement): string {
  if (!canary) return 'none planted';
  const failed = report.kind === 'tests' ? report.tests.failed : [];
  if (canary.altered) return failed.length > 0 ? 'failed, as they must' : 'did not fail';
  const names = canary.names ?? [canary.name];
  return names.every((name) => failed.some((id) => id.endsWith(name))) ? 'failed, as they must' : 'did not all fail';
}

function differentTests(
  recorded: Measurement,
  here: Measurement,
  unstable: ReadonlySet<string>,
): readonly Difference[] {
  const [there, now] = [outcomesOf(recorded), outcomesOf(here)];
  const ids = [...new Set([...there.keys(), ...now.keys()])].filter((id) => !unstable.has(id)).sort();
  return ids.flatMap((id): readonly Difference[] => {
    const [before, after] = [there.get(id) ?? 'absent', now.get(id) ?? 'absent'];
    return before === after ? [] : [{ text: `${id}: ${before} there, ${after} here`, ids: [id] }];
  });
}

export function outcomesOf(run: Measurement): ReadonlyMap<string, Outcome> {
  if (run.report.kind !== 'tests') return new Map();
  const isPlanted = plantedIn(run);
  const { passed, failed, skipped } = run.report.tests;
  return new Map(
    [
      ...passed.map((id) => [id, 'passed'] as const),
      ...skipped.map((id) => [id, 'skipped'] as const),
      ...failed.map((id) => [id, 'failed'] as const),
    ].filter(([id]) => !isPlanted(id)),
  );
}
