import { canonical } from '../canonical.ts';
import type { GoalId, Timestamp } from '../ids.ts';
import type { Measurement } from '../gates/evidence.ts';
import { WHOLE_GATE } from './settle-runs.ts';

/** Something that failed in one run and passed in another of the same tree, with the same tools and dependencies. */
export interface Flake {
  readonly gate: string;
  /** A test id, or that it is the gate as a whole. */
  readonly id: string;
  /** Trees on which it did both. */
  readonly trees: number;
  /** Runs on those trees that showed it, and those of them that failed. */
  readonly runs: number;
  readonly failed: number;
  readonly goals: readonly GoalId[];
  readonly lastSeen: Timestamp;
}

type Seen = { readonly goal: GoalId; readonly run: Measurement };

/** Every flake in the measurements of goals, those on most trees first. A run with a canary counts for the other tests in it. */
export function flakesOf(seen: readonly Seen[]): readonly Flake[] {
  const flakes = new Map<string, Flake>();
  for (const runs of Map.groupBy(seen.filter(isRun), sameness).values()) {
    const [first] = runs;
    if (!first || runs.length < 2) continue;
    for (const [id, outcomes] of outcomesOf(runs)) {
      const failed = outcomes.filter(({ ok }) => ok === 'no').length;
      if (failed === 0 || failed === outcomes.length) continue;
      const key = canonical([first.run.gate, id]);
      const before = flakes.get(key);
      flakes.set(key, {
        gate: first.run.gate,
        id,
        trees: (before?.trees ?? 0) + 1,
        runs: (before?.runs ?? 0) + outcomes.length,
        failed: (before?.failed ?? 0) + failed,
        goals: [...new Set([...(before?.goals ?? []), ...outcomes.map(({ goal }) => goal)])].sort(),
        lastSeen: [before?.lastSeen ?? '', ...outcomes.map(({ at }) => at)].sort().at(-1) ?? '',
      });
    }
  }
  return [...flakes.values()].sort(
    (a, b) => b.trees - a.trees || b.failed - a.failed || (a.gate + a.id < b.gate + b.id ? -1 : 1),
  );
}

const isRun = ({ run }: Seen): boolean =>
  !run.cached &&
  run.purpose !== 'altered' &&
  run.outcome.kind !== 'not_started' &&
  run.outcome.kind !== 'out_of_memory';

const sameness = ({ run }: Seen): string => canonical([run.gate, run.tree, run.layer, run.tools]);

type Outcome = { readonly ok: 'yes' | 'no'; readonly goal: GoalId; readonly at: Timestamp };

function outcomesOf(runs: readonly Seen[]): ReadonlyMap<string, readonly Outcome[]> {
  const found = new Map<string, Outcome[]>();
  const note = (id: string, ok: Outcome['ok'], { goal, run }: Seen): void => {
    found.set(id, [...(found.get(id) ?? []), { ok, goal, at: run.startedAt }]);
  };
  for (const seen of runs) {
    const { report, outcome } = seen.run;
    const isPlanted = plantedIn(seen.run);
    for (const id of report.kind === 'tests' ? report.tests.passed : []) if (!isPlanted(id)) note(id, 'yes', seen);
    for (const id of report.kind === 'tests' ? report.tests.failed : []) if (!isPlanted(id)) note(id, 'no', seen);
    if (seen.run.purpose === 'canary') continue;
    const named = report.kind === 'tests' && report.tests.failed.length > 0;
    if (!named) note(WHOLE_GATE, outcome.kind === 'exited' && outcome.code === 0 ? 'yes' : 'no', seen);
  }
  return found;
}

export function plantedIn({ canary }: Measurement): (id: string) => boolean {
  const names = canary === null || canary.altered ? [] : [canary.name, ...(canary.names ?? [])];
  return (id) => names.some((name) => id.endsWith(name));
}
