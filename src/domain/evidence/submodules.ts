import type { Examined } from '../contract/examined.ts';
import type { Evidence } from './evidence.ts';
import type { RepoPath, TreeId } from '../ids.ts';
import type { PathChange } from '../git/snapshot.ts';
import type { FailCode, Verdict } from '../gates/verdict.ts';

/** Submodules that a change has at another commit: no gate sees their files. */
export const movedSubmodules = (changes: readonly PathChange[]): readonly RepoPath[] =>
  changes.filter(({ change, newMode }) => change === 'modified' && newMode === '160000').map(({ path }) => path);

/** Whether a person was asked about these submodules, and takes the change without what needs their files. */
const isAccepted = (
  { questions }: Pick<Evidence, 'questions'>,
  candidate: TreeId,
  moved: readonly RepoPath[],
): boolean =>
  questions.some(
    ({ question, answer }) =>
      question.code === 'contract_changed' &&
      question.subject === candidate &&
      answer?.kind === 'accept' &&
      question.submodules !== undefined &&
      moved.every((path) => question.submodules?.includes(path)),
  );

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
export function withoutSubmodules(
  state: Pick<Evidence, 'questions'>,
  { candidate, changes }: Pick<Examined, 'candidate' | 'changes'>,
  verdict: Verdict,
): Verdict {
  if (verdict.kind !== 'fail' || !BY_ABSENCE.has(verdict.code)) return verdict;
  const moved = movedSubmodules(changes);
  if (moved.length === 0) return verdict;
  const names = moved.slice(0, 5).join(', ');
  const detail = `the change moves submodule ${names} to another commit, and gates run without its files then: ${verdict.detail}`;
  return isAccepted(state, candidate, moved)
    ? { kind: 'not_applicable', code: 'SUBMODULE_MOVED', detail }
    : { kind: 'not_measured', code: 'E_SUBMODULE_MOVED', detail };
}
