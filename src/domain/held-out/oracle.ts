import { isTestCode, isTestName } from '../contract/classify.ts';
import type { GateRun } from '../evidence/assess.ts';
import { agreed, baselineRounds, baselineOf, type Baseline } from '../gates/baseline.ts';
import type { GateSpec } from '../gates/gate.ts';
import { roundsWanted } from '../evidence/rounds.ts';
import { isIn } from '../contract/test-file.ts';
import type { RepoPath } from '../ids.ts';
import type { WithHeldOut } from './evidence.ts';
import { heldOutOf } from './options.ts';
import { heldOutGates, runsOver } from './runs.ts';

/** What one gate says of held-out checks where they must fail. */
export interface Oracle {
  /** Of the two runs with the checks laid over. What is unstable on the base itself is unstable here too. */
  readonly baseline: Baseline;
  /** Ids of tests that only the checks bring, or that stand in their files, and that ran in both runs. */
  readonly ids: readonly string[];
  /** Held-out files that a test failed in, or that failed as a whole, both times. */
  readonly failing: readonly RepoPath[];
  /** What failed as a whole both times and not on the base, so that it is not known what tests it has: files or packages. */
  readonly broken: readonly string[];
  /** Whether ids say which held-out file they are in. */
  readonly named: 'by_file' | 'not_by_file';
}

export type OracleVerdict =
  /** The goal has no held-out checks. */
  | { readonly kind: 'none' }
  | { readonly kind: 'needs'; readonly runs: readonly GateRun[] }
  /** These do not fail where they must, so they prove nothing; empty: no gate reports tests of any. */
  | { readonly kind: 'no_oracle'; readonly paths: readonly RepoPath[] }
  | { readonly kind: 'fails_there' };

/** The negative oracle: whether each held-out check fails on the base, or on the wrong solution that was given. */
export function assessOracle(state: WithHeldOut): OracleVerdict {
  const options = heldOutOf(state);
  if (!options) return { kind: 'none' };
  const gates = heldOutGates(state);
  const runs = gates.flatMap((gate) =>
    roundsWanted(gate, { purpose: 'oracle', tree: options.oracle, canaryBase: null, heldOut: true }, (round) =>
      runsOver(state, gate, 'oracle', options.oracle).filter((each) => each.round === round),
    ),
  );
  if (runs.length > 0) return { kind: 'needs', runs };
  const oracles = gates.flatMap((gate) => oracleOf(state, gate) ?? []);
  const failing = new Set(oracles.flatMap((each) => each.failing));
  const reported = (path: RepoPath): boolean =>
    oracles.some(({ baseline }) => reports(baseline).some((id) => inFile(id, path)));
  const idle = options.paths.filter((path) => !failing.has(path) && (isTestName(path) || reported(path)));
  return failing.size > 0 && idle.length === 0 ? { kind: 'fails_there' } : { kind: 'no_oracle', paths: idle };
}

/** Null until both runs are there. */
export function oracleOf(state: WithHeldOut, gate: GateSpec): Oracle | null {
  const { created } = state;
  const options = heldOutOf(state);
  const base = created ? baselineOf(state.measurements, gate, created.repository.tree) : null;
  const laid = options
    ? agreed(
        gate,
        baselineRounds(gate).map(
          (round) => runsOver(state, gate, 'oracle', options.oracle).findLast((each) => each.round === round) ?? null,
        ),
      )
    : null;
  if (!options || !base || !laid) return null;
  const unstable = new Set([...laid.unstable, ...base.unstable]);
  const baseline: Baseline = {
    ...laid,
    unstable,
    expected: new Set([...laid.expected].filter((id) => !unstable.has(id))),
  };
  const { paths } = options;
  const known = new Set(reports(base));
  const named = reports(baseline).some((id) => paths.some((path) => inFile(id, path))) ? 'by_file' : 'not_by_file';
  // Where a file of the base is replaced and no id says where it is from, each may be of the file in its place.
  const any = named === 'not_by_file' && (options.replaces ?? []).length > 0;
  const ids = [...baseline.expected].filter((id) => any || !known.has(id) || paths.some((path) => inFile(id, path)));
  const red = baseline.verdicts.every(({ kind }) => kind === 'fail');
  const failed = ids.filter((id) => baseline.failing.has(id));
  const broken = baseline.broken.filter((path) => !base.broken.includes(path) || paths.includes(path));
  // Where no id says in which file it is, all that can be told is that the files fail together.
  const fails = (path: RepoPath): boolean =>
    named === 'by_file' ? [...failed, ...broken].some((id) => inFile(id, path)) : failed.length + broken.length > 0;
  return {
    baseline,
    ids,
    failing: red ? paths.filter((path) => fails(path) && (named === 'by_file' || isTestCode(path))) : [],
    broken,
    named,
  };
}

/** Whether a test, or a file that failed as a whole, is of this file. */
export const inFile = (id: string, path: RepoPath): boolean => id === path || isIn(id, path);

const reports = ({ expected, failing, unstable, broken }: Baseline): readonly string[] => [
  ...expected,
  ...failing,
  ...unstable,
  ...broken,
];
