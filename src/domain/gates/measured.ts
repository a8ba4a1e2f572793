import { locatedError } from './located-error.ts';
import type { GateSpec } from './gate.ts';
import type { Measurement } from './evidence.ts';
import { PASS, type Verdict } from './verdict.ts';

/**
 * What one execution shows by itself, without the baseline. `pass` needs exit 0, tests that ran where they are
 * counted, and an unchanged tree.
 */
export function measuredVerdict(gate: GateSpec, run: Measurement): Verdict {
  const { outcome, report } = run;
  if (outcome.kind === 'not_started') {
    // On the base it was ready in two runs, so what is missing now is the candidate's doing.
    if (outcome.at === 'service' && run.purpose !== 'baseline')
      return { kind: 'fail', code: 'E_SERVICE', detail: outcome.detail };
    return outcome.at === 'candidate_dependencies'
      ? { kind: 'fail', code: 'E_CANDIDATE_DEPENDENCIES', detail: outcome.detail }
      : { kind: 'not_measured', code: 'E_NOT_STARTED', detail: outcome.detail };
  }
  if (outcome.kind === 'out_of_memory')
    return { kind: 'not_measured', code: 'E_OUT_OF_MEMORY', detail: outcome.detail };
  if (outcome.kind === 'timed_out')
    return { kind: 'fail', code: 'E_TIMEOUT', detail: `no end after ${outcome.afterMs} ms` };
  if (outcome.kind === 'signalled') return { kind: 'fail', code: 'E_SIGNAL', detail: `ended by ${outcome.signal}` };
  if (run.changed.length > 0)
    return {
      kind: 'fail',
      code: 'E_TREE_CHANGED',
      detail: `the gate changed tracked files: ${run.changed.slice(0, 5).join(', ')}`,
    };
  if (report.kind === 'exit_only') {
    if (gate.reader !== 'exit_only')
      return { kind: 'not_measured', code: 'E_NO_REPORT', detail: `no ${gate.reader} report` };
    return outcome.code === 0 ? PASS : { kind: 'fail', code: 'E_EXIT', detail: `exit code ${outcome.code}${why(run)}` };
  }
  if (report.kind === 'unreadable') {
    if (outcome.code !== 0)
      return {
        kind: 'fail',
        code: 'E_EXIT',
        detail: `exit code ${outcome.code}, and no test report (${report.detail})${why(run)}`,
      };
    return {
      kind: 'not_measured',
      code: report.why === 'missing' ? 'E_NO_REPORT' : 'E_REPORT_INVALID',
      detail: report.detail,
    };
  }
  const { passed, failed, broken = [] } = report.tests;
  if (failed.length > 0) {
    const named = failed.slice(0, 5).join('; ');
    return outcome.code === 0
      ? {
          kind: 'not_measured',
          code: 'E_REPORT_CONTRADICTS',
          detail: `exit code 0, but the report has failed tests: ${named}`,
        }
      : {
          kind: 'fail',
          code: 'E_TESTS_FAILED',
          detail: `${failed.length} of ${passed.length + failed.length} tests failed: ${named}${broken.length > 0 ? why(run) : ''}`,
        };
  }
  if (outcome.code !== 0)
    return { kind: 'fail', code: 'E_EXIT', detail: `exit code ${outcome.code}, though no test is reported as failed` };
  if (passed.length === 0) return { kind: 'fail', code: 'E_NOTHING_RAN', detail: 'no test was executed' };
  return PASS;
}

/** What does not compile or load is told by the first error, and not by its consequences. */
function why({ tail }: Measurement): string {
  const error = locatedError(tail);
  return error === null ? '' : `: ${error}`;
}
