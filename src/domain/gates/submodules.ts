import type { PathChange } from '../git/snapshot.ts';
import type { FailCode, Verdict } from './verdict.ts';

/** Failures that files which are not there cause as well. */
const BY_ABSENCE: ReadonlySet<FailCode> = new Set<FailCode>([
  'E_EXIT',
  'E_TESTS_FAILED',
  'E_NOTHING_RAN',
  'E_MISSING_TESTS',
  'E_CONTRACT_CHANGED',
]);

/**
 * Gates see a submodule only at the commit of the base (docs/adr/0035). Where a candidate has another commit, a failure may be that of
 * the files that are not there: nothing is known, and nobody is accused.
 */
export function withoutSubmodules(changes: readonly PathChange[], verdict: Verdict): Verdict {
  if (verdict.kind !== 'fail' || !BY_ABSENCE.has(verdict.code)) return verdict;
  const moved = changes.filter(({ change, newMode }) => change === 'modified' && newMode === '160000');
  if (moved.length === 0) return verdict;
  const names = moved
    .slice(0, 5)
    .map(({ path }) => path)
    .join(', ');
  return {
    kind: 'not_measured',
    code: 'E_SUBMODULE_MOVED',
    detail: `the change moves submodule ${names} to another commit, and gates run without its files then: ${verdict.detail}`,
  };
}
