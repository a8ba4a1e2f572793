import type { Evidence } from './evidence.ts';
import type { Examined } from '../contract/examined.ts';
import type { TreeId } from '../ids.ts';
import { QUICK_MS } from '../gates/beside.ts';
import type { GateSpec } from '../gates/gate.ts';
import { measuredOn } from '../gates/measured-on.ts';
import { isPlain, nextRound } from './settle-runs.ts';
import { isIn } from '../contract/test-file.ts';
import type { Verdict } from '../gates/verdict.ts';

/** Runs of a contract that is quick, besides that of its canary. */
const RUNS = [
  { within: QUICK_MS / 4, runs: 3 },
  { within: QUICK_MS, runs: 2 },
] as const;

/** What was good at the base, failed in some run and stands in a file that leads to the change is no flake: the change made it one. */
export function unsteady({ meets = [] }: Examined, flaky: readonly string[]): Verdict | null {
  const own = flaky.filter((id) => meets.some((path) => isIn(id, path)));
  if (own.length === 0) return null;
  const names = own.slice(0, 5).join('; ');
  return {
    kind: 'not_measured',
    code: 'E_FLAKY',
    detail: `passed always at the base, lead to what changed, and fail in some runs of the same tree: ${names}`,
  };
}

/** The round of a further run, where tests that lead to the change are run quickly; null where there were enough. */
export function furtherRun(state: Evidence, gate: GateSpec, { meets = [] }: Examined, tree: TreeId): number | null {
  if (meets.length === 0 || gate.reader === 'exit_only' || tree === state.created?.repository.tree) return null;
  const runs = measuredOn(state.measurements, tree).filter((each) => each.gate === gate.id && isPlain(each));
  const longest = Math.max(...runs.map(({ durationMs }) => durationMs));
  const wanted = RUNS.find(({ within }) => longest <= within)?.runs ?? 1;
  // What stands for an earlier execution was settled there.
  return runs.some(({ cached }) => cached) || runs.length >= wanted ? null : nextRound(runs);
}
