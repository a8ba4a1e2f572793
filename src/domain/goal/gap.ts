import type { FailCode, NotMeasuredCode } from '../gates/verdict.ts';

export type BlockingGapCode =
  | 'G_NO_POLICY'
  | 'G_NO_PLAN'
  | 'G_NO_GATE'
  | 'G_NO_CRITERION'
  | 'G_BASELINE_INCOMPLETE'
  | 'G_NO_CANDIDATE'
  | 'G_EMPTY_PATCH'
  | 'G_PATHS_REFUSED'
  | 'G_GATE_PENDING'
  | 'G_GATE_FAILED'
  | 'G_GATE_NOT_MEASURED'
  | 'G_CRITERION_OPEN'
  | 'G_CONTRACT_CHANGED'
  | 'G_POLICY_TOUCHED'
  | 'G_SECRET'
  | 'G_OPEN_QUESTION'
  | 'G_HELD_OUT'
  | 'G_OWN_TESTS'
  | 'G_DOCS_ONLY'
  | 'G_FACT'
  | 'G_CAPTURE'
  | 'G_TIMING'
  | 'G_WRITE_SET'
  | 'G_TASK_OPEN'
  | 'G_REGRESSION'
  | 'G_NO_FAIL_TO_PASS'
  | 'G_NO_GUARD'
  | 'G_NOTHING_SHOWN'
  | 'G_HELD_OUT_SEALED'
  | 'G_AGENT_UNAVAILABLE'
  | 'G_NOT_INTEGRATED'
  | 'G_INTEGRATED_TREE_DIFFERS';

/** Limits of what the proof shows; said, not hidden, but not in the way of `ready`. */
export type KnownGapCode =
  | 'K_NOT_SANDBOXED'
  | 'K_AGENT_NOT_SANDBOXED'
  | 'K_NO_CANARY'
  | 'K_EXIT_ONLY'
  | 'K_BASELINE_ONCE'
  | 'K_UNSTABLE_TESTS'
  | 'K_FLAKY'
  | 'K_CACHED'
  | 'K_KNOWN_RED'
  | 'K_RED_BEFORE'
  | 'K_ORACLE_BY_WORKER'
  | 'K_ORACLE_BY_AGENT'
  | 'K_SAME_MODEL'
  | 'K_ONE_ORDER'
  | 'K_ORACLE_SHALLOW'
  | 'K_NOT_HOLLOWED'
  | 'K_NOT_PLANTED'
  | 'K_DOCS_ONLY'
  | 'K_SHOWN_BY_PERSON'
  | 'K_AUDIT_ONLY'
  | 'K_CLASS_BY_AGENT'
  | 'K_CAPTURES_IN_SIGHT'
  | 'K_CAPTURES_MASKED'
  | 'K_CAPTURES_FOUND'
  | 'K_NOT_CAPTURED'
  | 'K_TIMED_HERE'
  | 'K_NO_REGRESSION_ONLY'
  | 'K_TESTS_BY_AUTHOR'
  | 'K_TESTS_SHOW_NOTHING'
  | 'K_TESTS_SHALLOW'
  | 'K_NO_HELD_OUT'
  | 'K_SHOWN_BY_PULL_REQUEST'
  | 'K_HELD_OUT_IN_SIGHT'
  | 'K_TESTS_EXTENDED'
  | 'K_BESIDE_PRODUCT'
  | 'K_SUBMODULE_MOVED'
  | 'K_NOT_OBSERVED'
  | 'K_ASKS_HOW_IT_RUNS'
  | 'K_CONTRACT_ACCEPTED'
  | 'K_SECRET_ACCEPTED'
  | 'K_NETWORK_ALLOWED'
  | 'K_FILES_INCLUDED'
  | 'K_OPTIONAL_GATE_RED';

export type Gap =
  | {
      readonly kind: 'blocking';
      readonly code: BlockingGapCode;
      readonly subject: string;
      readonly text: string;
      readonly fix: string;
      /** What the gate says. Absent: the gap is not about a gate, or the log is from before. */
      readonly verdict?: FailCode | NotMeasuredCode;
    }
  | { readonly kind: 'known'; readonly code: KnownGapCode; readonly subject: string; readonly text: string };

export const blocks = (
  code: BlockingGapCode,
  subject: string,
  text: string,
  fix: string,
  verdict?: FailCode | NotMeasuredCode,
): Gap => ({ kind: 'blocking', code, subject, text, fix, ...(verdict === undefined ? {} : { verdict }) });
export const known = (code: KnownGapCode, subject: string, text: string): Gap => ({
  kind: 'known',
  code,
  subject,
  text,
});
