import { baselineOf } from '../gates/baseline.ts';
import { contractAccepted, type GateRun } from '../gates/assess.ts';
import type { Measurement } from '../gates/evidence.ts';
import type { GateSpec } from '../gates/gate.ts';
import { isPlain, nextRound } from '../gates/settle-runs.ts';
import type { TreeId } from '../ids.ts';
import { blocks, type Gap } from './gap.ts';
import type { GoalState } from './state.ts';

interface Lost {
  readonly gate: GateSpec;
  readonly ids: readonly string[];
  readonly runs: readonly Measurement[];
  readonly tree: TreeId;
}

/**
 * Tests that passed in the integrated head that work started from, and in no run of the tree any more. The base's own tests are the
 * contract; these are what other tasks added or mended.
 */
function lostTests(state: GoalState, tree: TreeId): readonly Lost[] {
  const { focus, created, policy, measurements } = state;
  const base = created?.repository.tree;
  if (!focus || base === undefined || focus.start === base || focus.start === tree) return [];
  if (contractAccepted(state, tree)) return [];
  return (policy?.gates ?? []).flatMap((gate) => {
    if (!gate.required || gate.skip || gate.reader === 'exit_only') return [];
    const before = runsOn(state, gate, focus.start).runs;
    const now = runsOn(state, gate, tree);
    const passed = new Set(now.runs.flatMap(passedIn));
    const unstable = baselineOf(measurements, gate, base)?.unstable ?? new Set();
    const ids = (before.at(-1) ? passedIn(before.at(-1)) : []).filter((id) => !passed.has(id) && !unstable.has(id));
    return ids.length === 0 || now.runs.length === 0 ? [] : [{ gate, ids, ...now }];
  });
}

/** Runs of a gate on the tree that its verdict rests on. */
function runsOn(state: GoalState, gate: GateSpec, tree: TreeId): Pick<Lost, 'runs' | 'tree'> {
  const decisive = contractAccepted(state, tree) ? tree : (state.examined.get(tree)?.contract.tree ?? tree);
  const runs = state.measurements.filter((each) => each.gate === gate.id && each.tree === decisive && isPlain(each));
  return { runs, tree: decisive };
}

const passedIn = (run: Measurement | undefined): readonly string[] =>
  run?.report.kind === 'tests' ? run.report.tests.passed : [];

/** Once more, so that no flake sends work back. */
export const regressionRuns = (state: GoalState, tree: TreeId): readonly GateRun[] =>
  lostTests(state, tree).flatMap(({ gate, runs, tree: decisive }) =>
    runs.length >= 2 || runs.some(({ cached }) => cached)
      ? []
      : [
          {
            gate: gate.id,
            purpose: decisive === tree ? ('candidate' as const) : ('contract' as const),
            round: nextRound(runs),
            tree: decisive,
            canaryBase: null,
          },
        ],
  );

export const regressionGaps = (state: GoalState, tree: TreeId): readonly Gap[] =>
  lostTests(state, tree).map(({ gate, ids }) =>
    blocks(
      'G_REGRESSION',
      gate.id,
      `tests of gate ${gate.id} that passed with the tasks before do not pass any more: ` +
        `${ids.slice(0, 5).join('; ')}${ids.length > 5 ? `, and ${ids.length - 5} more` : ''}`,
      'omk goal resume',
    ),
  );
