import type { Evidence } from './evidence.ts';
import { brokenIn, type Baseline } from '../gates/baseline.ts';
import type { Measurement } from '../gates/evidence.ts';
import type { GateSpec } from '../gates/gate.ts';
import { mayStayRed } from './known-red.ts';
import { measuredVerdict } from '../gates/measured.ts';
import { PASS, type FailCode, type Verdict } from '../gates/verdict.ts';

/** What one run says about a tree, and the ids that were executed at the base and are neither passed nor failed now. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly missing: readonly string[];
}

/** One run against the baseline: missing ids, unstable ids, known red. */
export function judgeRun(
  state: Evidence,
  gate: GateSpec,
  baseline: Baseline,
  run: Measurement,
  removals: Removals,
): Judgement {
  const verdict = rewriting(baseline, run) ?? measuredVerdict(gate, run);
  const { passed, failed } = run.report.kind === 'tests' ? run.report.tests : { passed: [], failed: [] };
  const missing = stillMissing(baseline, [...passed, ...failed], run, removals);
  if (verdict.kind === 'pass')
    return { verdict: missing.length > 0 ? missingTests(baseline, missing, run.unexplainedSkips) : verdict, missing };
  if (verdict.kind !== 'fail') return { verdict, missing };
  const stays = mayStayRed(state, gate) && isRedAsBefore(baseline, run, verdict.code);
  // Nothing that was good at the base failed or is gone: what is to be told are the red tests that were not run.
  const told = stays && missing.every((id) => baseline.failing.has(id));
  if (missing.length > 0)
    return { verdict: told ? missingTests(baseline, missing, run.unexplainedSkips) : verdict, missing };
  const undecided =
    verdict.code === 'E_TESTS_FAILED' && brokenIn(run).length === 0 && failed.every((id) => baseline.unstable.has(id));
  if (undecided && passed.length > 0) return { verdict: PASS, missing };
  if (stays) return { verdict: { kind: 'not_applicable', code: 'KNOWN_RED', detail: verdict.detail }, missing };
  return { verdict, missing };
}

/** Tests, or what is installed, that were written to, moved or put back while they ran, which the base's own runs do not do. */
function rewriting(baseline: Baseline, { rewritten = [] }: Measurement): Verdict | null {
  const paths = rewritten.filter((path) => !baseline.rewritten.has(path));
  if (paths.length === 0) return null;
  return {
    kind: 'fail',
    code: 'E_TREE_CHANGED',
    detail: `tests or installed packages were written to or moved while the gate ran: ${paths.slice(0, 5).join(', ')}`,
  };
}

/** What may be gone: nothing, all that a person accepted, as many tests as have new names, those that have another number, or these. */
export type Removals = 'none' | 'accepted' | 'renamed' | 'renumbered' | { readonly only: ReadonlySet<string> };

function stillMissing(
  baseline: Baseline,
  ran: readonly string[],
  run: Measurement,
  removals: Removals,
): readonly string[] {
  if (removals === 'accepted') return [];
  const all = [...missingFrom(baseline, ran), ...(run.unexplainedSkips ?? [])].sort();
  const missing = typeof removals === 'string' ? all : all.filter((id) => !removals.only.has(id));
  const fresh = ran.filter((id) => !baseline.expected.has(id) && !baseline.unstable.has(id));
  if (removals === 'renumbered') return withoutNumbered(missing, fresh);
  return removals === 'renamed' && fresh.length >= missing.length ? [] : missing;
}

/** Rows of a table go by their number: where one was put between, those behind it have the next. Each new id stands for one. */
function withoutNumbered(missing: readonly string[], fresh: readonly string[]): readonly string[] {
  const left = Map.groupBy(fresh, withoutNumbers);
  return missing.filter((id) => left.get(withoutNumbers(id))?.pop() === undefined);
}

const withoutNumbers = (id: string): string => id.replaceAll(/\d+/g, '#');

/** Ids of the base that were not executed, and files that were broken at the base and still yield no test. */
function missingFrom(baseline: Baseline, ran: readonly string[]): readonly string[] {
  const executed = new Set(ran);
  const silent = baseline.broken.filter((path) => !ran.some((id) => id.startsWith(path)));
  return [...[...baseline.expected].filter((id) => !executed.has(id)), ...silent.map((path) => `${path} (any test)`)];
}

const missingTests = (baseline: Baseline, missing: readonly string[], skipped: readonly string[] = []): Verdict => ({
  kind: 'fail',
  code: 'E_MISSING_TESTS',
  detail:
    `${missing.length} of ${baseline.expected.size + baseline.broken.length + skipped.length} tests of the base were not ` +
    `executed: ${missing.slice(0, 5).join('; ')}` +
    `${skipped.length > 0 ? ' (nothing in the tests of the base skips them)' : ''}`,
});

/** No new failing id, no new broken file, and no new way of being red. */
function isRedAsBefore(baseline: Baseline, run: Measurement, code: FailCode): boolean {
  const failed = run.report.kind === 'tests' ? run.report.tests.failed : [];
  const broken = brokenIn(run);
  if (
    !failed.every((id) => baseline.failing.has(id) || baseline.unstable.has(id)) ||
    !broken.every((path) => baseline.broken.includes(path))
  )
    return false;
  return (
    code === 'E_TESTS_FAILED' ||
    (code === 'E_EXIT' && broken.length > 0) ||
    baseline.verdicts.some((each) => each.kind === 'fail' && each.code === code)
  );
}
