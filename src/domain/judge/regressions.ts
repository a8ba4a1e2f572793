import { baselineOf } from '../gates/baseline.ts';
import type { GateRun } from '../evidence/assess.ts';
import { contractAccepted } from '../evidence/contract-accepted.ts';
import type { Measurement } from '../gates/evidence.ts';
import type { GateSpec } from '../gates/gate.ts';
import { measuredOn } from '../gates/measured-on.ts';
import { isPlain, nextRound } from '../evidence/settle-runs.ts';
import type { TreeId } from '../ids.ts';
import { blocks, type Gap } from '../goal/gap.ts';
import { heldTree, laidOver } from '../task/laid.ts';
import type { GoalState } from '../goal/state.ts';

interface Lost {
  readonly gate: GateSpec;
  readonly ids: readonly string[];
  /** The tree that they are lost in, where it is the one with the tests of the head. */
  readonly held: TreeId | null;
}

/**
 * Tests that passed in the integrated head that work started from, and in no run of the tree any more. The base's own tests are the
 * contract; these are what other tasks added or mended, so the tree as delivered counts too.
 */
function lostTests(state: GoalState, tree: TreeId): readonly Lost[] {
  const { focus, created, policy, measurements } = state;
  const base = created?.repository.tree;
  if (!focus || base === undefined || focus.start === base || focus.start === tree) return [];
  if (contractAccepted(state, tree)) return [];
  const held = heldTree(state, tree);
  return (policy?.gates ?? []).flatMap((gate) => {
    if (!gate.required || gate.skip || gate.reader === 'exit_only') return [];
    const now = treesOf(state, tree).flatMap((each) => runsOn(state, gate, each));
    const before = treesOf(state, focus.start).flatMap((each) => passedIn(runsOn(state, gate, each).at(-1)));
    const unstable = baselineOf(measurements, gate, base)?.unstable ?? new Set();
    const lostIn = (runs: readonly Measurement[]): readonly string[] => {
      const passed = new Set(runs.flatMap(passedIn));
      return [...new Set(before)].filter((id) => !passed.has(id) && !unstable.has(id));
    };
    const ids = lostIn(now);
    if (ids.length > 0 && now.length > 0) return [{ gate, ids, held: null }];
    const kept = held === null || before.length === 0 ? [] : lostIn(runsOn(state, gate, held));
    return kept.length > 0 ? [{ gate, ids: kept, held }] : [];
  });
}

/** The tree that a verdict rests on, and the tree as it is delivered. */
const treesOf = ({ examined }: GoalState, tree: TreeId): readonly TreeId[] => [
  ...new Set([examined.get(tree)?.contract.tree ?? tree, tree]),
];

const runsOn = ({ measurements }: GoalState, gate: GateSpec, tree: TreeId): readonly Measurement[] =>
  measuredOn(measurements, tree).filter((each) => each.gate === gate.id && isPlain(each));

const passedIn = (run: Measurement | undefined): readonly string[] =>
  run?.report.kind === 'tests' ? run.report.tests.passed : [];

/** Once more, so that no flake sends work back. */
export const regressionRuns = (state: GoalState, tree: TreeId): readonly GateRun[] =>
  lostTests(state, tree).flatMap(({ gate, held }): readonly GateRun[] => {
    const runs = runsOn(state, gate, held ?? tree);
    if (runs.length >= 2 || runs.some(({ cached }) => cached)) return [];
    return [{ gate: gate.id, purpose: 'candidate', round: nextRound(runs), tree: held ?? tree, canaryBase: null }];
  });

export const regressionGaps = (state: GoalState, tree: TreeId): readonly Gap[] =>
  lostTests(state, tree).map(({ gate, ids, held }) => {
    const named = `${ids.slice(0, 5).join('; ')}${ids.length > 5 ? `, and ${ids.length - 5} more` : ''}`;
    if (held === null)
      return blocks(
        'G_REGRESSION',
        gate.id,
        `tests of gate ${gate.id} that passed with the tasks before do not pass any more: ${named}`,
        'omk goal resume',
      );
    const changed = (laidOver(state, tree)?.changes ?? []).map((each) => `${each.change} ${each.path}`);
    return blocks(
      'G_REGRESSION',
      gate.id,
      `tests of gate ${gate.id} do not pass as the tasks before left them: ${named} (this task ${changed.slice(0, 5).join(', ')})`,
      'omk goal resume',
      'E_CONTRACT_CHANGED',
    );
  });
