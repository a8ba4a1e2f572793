import { canonical } from '../canonical.ts';
import type { GoalId, RepoPath } from '../ids.ts';
import { matchesGlob } from '../text/glob.ts';
import type { Execution, FromCache, Measurement, Purpose } from './evidence.ts';
import type { GateSpec } from './gate.ts';
import { measuredVerdict } from './measured.ts';
import { isNamed } from './test-names.ts';

/** An execution whose evidence is kept, and the goal it was made for; null outside of goals. */
export interface Kept {
  readonly goal: GoalId | null;
  readonly measurement: Measurement;
}

/**
 * Whether what a run showed may stand for another run of the same: a pass, or a canary that was reported as failed, from a
 * sandbox without network. A failure is never kept, but that of a tree without the change, such as the base, which is what was asked
 * for there; neither is what came out of the cache itself.
 */
export function mayBeKept(gate: GateSpec, run: Measurement): boolean {
  if (run.cached || run.sandbox.kind === 'none' || run.sandbox.network || gate.network) return false;
  if (run.purpose === 'canary' || run.purpose === 'altered') return isCaught(run);
  return measuredVerdict(gate, run).kind === 'pass' || isSeenWithout(gate, run);
}

/** Purposes of runs of a tree without what the change does. */
const WITHOUT: ReadonlySet<Purpose> = new Set<Purpose>(['baseline', 'hollow', 'reversal']);

/** From here on shells say that a command could not be started, or was ended by a signal. */
const SHELL_CODES = 126;

/** A tree was run without the change, and the report says which tests failed; of a base, an exit code says enough too. */
function isSeenWithout(gate: GateSpec, { purpose, outcome, report, changed }: Measurement): boolean {
  if (!WITHOUT.has(purpose) || outcome.kind !== 'exited' || changed.length > 0) return false;
  if (report.kind === 'tests') return true;
  return (
    purpose === 'baseline' && report.kind === 'exit_only' && gate.reader === 'exit_only' && outcome.code < SHELL_CODES
  );
}

/** Whether one of two executions of the same failed and the other did not, or other tests failed in it. */
export function isContradiction(one: Measurement, other: Measurement): boolean {
  // The names of canaries are new each time.
  if (one.purpose === 'canary' || other.purpose === 'canary') return false;
  return canonical(failureOf(one)) !== canonical(failureOf(other));
}

const failureOf = ({ outcome, report }: Measurement) => ({
  passed: outcome.kind === 'exited' && outcome.code === 0,
  failed: report.kind === 'tests' ? report.tests.failed.toSorted() : [],
});

function isCaught({ canary, outcome, report, changed }: Measurement): boolean {
  if (!canary || outcome.kind !== 'exited' || outcome.code === 0 || report.kind !== 'tests' || changed.length > 0)
    return false;
  const { passed, failed } = report.tests;
  if (canary.altered)
    return canary.altered.every(
      ({ name }) => failed.some((id) => isNamed(id, name)) && !passed.some((id) => isNamed(id, name)),
    );
  const names = canary.names ?? [canary.name];
  return names.every((name) => failed.some((id) => id.endsWith(name)));
}

export const executionOf = ({
  goal,
  measurement: { purpose, round, tree, startedAt, durationMs },
}: Kept): Execution => ({ goal, purpose, round, tree, startedAt, durationMs });

/** The evidence of an earlier execution, for what is asked for now. */
export const reuse = (
  kept: Kept,
  now: Pick<Measurement, 'gate' | 'purpose' | 'round' | 'tree' | 'startedAt' | 'durationMs'>,
  key: Pick<FromCache, 'key' | 'parts'>,
): Measurement => ({
  ...kept.measurement,
  ...now,
  cached: { ...key, from: executionOf(kept) },
});

type Ran = Pick<Execution, 'purpose' | 'tree'>;

/**
 * Whether evidence of another execution may stand for a run. What packages depend on was read from the base: a candidate
 * may have changed it, so for a detected gate with inputs only what a base showed stands for another tree.
 */
export const mayStandFor = (gate: GateSpec, from: Ran, run: Ran): boolean =>
  !gate.inputs ||
  gate.source.kind !== 'detected' ||
  from.purpose === 'baseline' ||
  (from.tree === run.tree && run.purpose !== 'baseline');

/** The evidence is of a base whose inputs are those of the judged tree: nothing of a candidate took part in it. */
export const isOfBase = (gate: GateSpec, run: Measurement): boolean =>
  gate.inputs !== undefined && run.cached?.from.purpose === 'baseline';

/**
 * Why a measurement that says it came from the cache cannot be one, or null. The two runs of a baseline are two
 * executions (trust rule T2), wherever they are from.
 */
export function wrongCached(
  goal: GoalId,
  gate: GateSpec | undefined,
  before: readonly Measurement[],
  run: Measurement,
): string | null {
  if (run.cached) {
    if (run.over !== undefined) return 'held-out checks are always executed';
    const { cached, ...plain } = run;
    if (!gate || !mayBeKept(gate, plain))
      return 'only what passed, or was run without the change, in a sandbox without network may come from the cache';
    if (run.purpose !== 'baseline' && run.round > 1) return 'a second try is never from the cache';
    for (const purpose of ['canary', 'altered'] as const)
      if ((cached.from.purpose === purpose) !== (run.purpose === purpose)) return 'a canary stands for a canary only';
    if (measuredVerdict(gate, plain).kind === 'fail' && WITHOUT.has(run.purpose) && !WITHOUT.has(cached.from.purpose))
      return 'a failure stands for a run without the change only where it was one';
    if (!mayStandFor(gate, cached.from, run))
      return 'a detected gate takes over only what a base or the same tree showed';
    if (!gate.inputs && (cached.parts.inputs !== run.tree || cached.from.tree !== run.tree))
      return 'the evidence is about another tree';
  }
  if (run.purpose !== 'baseline') return null;
  const other = before.find(
    (each) =>
      each.gate === run.gate && each.purpose === 'baseline' && each.tree === run.tree && each.round !== run.round,
  );
  return other && (other.cached || run.cached) && sourceOf(goal, other) === sourceOf(goal, run)
    ? 'both runs of the base are one execution'
    : null;
}

const sourceOf = (goal: GoalId, run: Measurement): string =>
  canonical(run.cached?.from ?? executionOf({ goal, measurement: run }));

interface Entry {
  readonly path: RepoPath;
  readonly mode: string;
  readonly id: string;
}

/**
 * What is hashed for the inputs of a gate: the files that a glob names, all where none does, without those that a glob after
 * `!` names. Null when no file of the tree is one, which a typing error would look like.
 */
export function inputsText(entries: readonly Entry[], globs: readonly string[]): string | null {
  const isInput = isInputOf(globs);
  const chosen = entries.filter(({ path }) => isInput(path));
  return chosen.length === 0
    ? null
    : canonical(
        chosen.map(({ path, mode, id }) => [path, mode, id]).sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1)),
      );
}

/** Named in the inputs of a gate: it asks git about the base commit. */
export const GIT = '.git';

/** Whether a file is one of the inputs of a gate. */
export function isInputOf(globs: readonly string[]): (path: RepoPath) => boolean {
  // `.git` is no file of a tree.
  const wanted = globs.filter((glob) => !glob.startsWith('!') && glob !== GIT);
  const unwanted = globs.flatMap((glob) => (glob.startsWith('!') ? [glob.slice(1)] : []));
  return (path) =>
    (wanted.length === 0 || wanted.some((glob) => matchesGlob(path, glob))) &&
    !unwanted.some((glob) => matchesGlob(path, glob));
}
