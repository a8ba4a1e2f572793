export type FailCode =
  | 'E_EXIT'
  | 'E_TESTS_FAILED'
  | 'E_NOTHING_RAN'
  | 'E_MISSING_TESTS'
  | 'E_TIMEOUT'
  | 'E_SIGNAL'
  | 'E_TREE_CHANGED'
  | 'E_CONTRACT_CHANGED'
  | 'E_CANDIDATE_DEPENDENCIES'
  | 'E_SERVICE';

export type NotMeasuredCode =
  | 'E_NO_REPORT'
  | 'E_REPORT_INVALID'
  | 'E_REPORT_CONTRADICTS'
  | 'E_CANARY_MISSED'
  | 'E_FLAKY'
  | 'E_OUT_OF_MEMORY'
  | 'E_SKIPPED'
  | 'E_SUBMODULE_MOVED'
  | 'E_NOT_STARTED';

type NotApplicableCode = 'KNOWN_RED' | 'SUBMODULE_MOVED';

/** What a gate says about one tree. Never a boolean: "could not tell" is a case of its own. */
export type Verdict =
  | { readonly kind: 'pass' }
  | { readonly kind: 'fail'; readonly code: FailCode; readonly detail: string }
  | { readonly kind: 'not_measured'; readonly code: NotMeasuredCode; readonly detail: string }
  | { readonly kind: 'not_applicable'; readonly code: NotApplicableCode; readonly detail: string };

export const PASS: Verdict = { kind: 'pass' };
