import type { Measurement } from '../gates/evidence.ts';
import type { GateSpec } from '../gates/gate.ts';
import type { DataOf, GoalState } from '../goal/state.ts';
import type { RepoPath } from '../ids.ts';

type Examined = DataOf<'candidate.examined'>;
type Change = Examined['contractChanges'][number];

const CHANGE = { modified: 'edited', deleted: 'deleted', added: 'added' } as const;

/**
 * What a candidate changes of that which judges it: the tests and settings that were laid over, and files that no list of names knows,
 * but that the base's gates name or its reports show to hold tests.
 */
export function judgingChanges(state: GoalState, examined: Examined): readonly Change[] {
  const known = new Set([
    ...examined.contractChanges.map(({ path }) => path),
    ...examined.extended,
    ...examined.policyPaths,
  ]);
  const silenced = new Set((examined.suppressions ?? []).map(({ path }) => path));
  const unknown = examined.changes
    .filter(
      ({ path, change }) =>
        !known.has(path) &&
        (silenced.has(path) || (change !== 'added' && (isNamed(state, path) || heldTests(state.measurements, path)))),
    )
    .map(({ path, change }): Change => ({ path, change: CHANGE[change] }));
  return unknown.length > 0 ? [...examined.contractChanges, ...unknown] : examined.contractChanges;
}

const SHELL = /(^|\/)(sh|bash|zsh|dash|ksh|pwsh|powershell)(\.exe)?$/;
const SHELL_SCRIPT = /\.(sh|bash|zsh|ps1|cmd|bat)$/;
/** Names of programs whose work is to check. */
const CHECKER = /(verif|check|test|spec|valid|lint|assert|smoke|e2e|accept)/i;
/** Folders of programs that work on a project rather than being it. */
const TOOLING = /^(\.?ci|scripts?|tools?|hack|\.github)\//;

/** Names of programs that make what is tested. */
const BUILDER = /(^|\/)[^/]*(build|compile|bundle|generat|codegen|prepare)[^/]*$/i;

/** Whether a gate starts this file, as its program, as a shell script, or out of a folder of tooling. */
const isNamed = (state: GoalState, path: RepoPath): boolean =>
  (state.policy?.gates ?? []).some((gate) => startedBy(gate, path) || startedBehind(gate, path));

/** Behind a package script or a target of make, where programs of the product are started too. */
const startedBehind = ({ starts = [] }: GateSpec, path: RepoPath): boolean =>
  starts.includes(path) && (TOOLING.test(path) || SHELL_SCRIPT.test(path) || BUILDER.test(path));

function startedBy(gate: GateSpec, path: RepoPath): boolean {
  const words = gate.argv.flatMap((word) => word.split(/[\s;&|()<>'"]+/)).filter((word) => word !== '');
  return words.some((word, index) => {
    const local = word.replace(/^(\.\/)+/, '');
    if ((gate.cwd === '.' ? local : `${gate.cwd}/${local}`) !== path) return false;
    return (
      index === 0 ||
      CHECKER.test(path) ||
      SHELL.test(words[index - 1] ?? '') ||
      SHELL_SCRIPT.test(path) ||
      TOOLING.test(path)
    );
  });
}

/** Ids of runners that count by file begin with the file. */
const heldTests = (measurements: readonly Measurement[], path: RepoPath): boolean =>
  measurements.some(
    ({ purpose, report }) =>
      purpose === 'baseline' &&
      report.kind === 'tests' &&
      [...report.tests.passed, ...report.tests.failed, ...report.tests.skipped].some(
        (id) => id.startsWith(`${path} > `) || id.startsWith(`${path}::`),
      ),
  );
