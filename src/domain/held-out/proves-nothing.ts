import type { Measurement } from '../gates/evidence.ts';
import type { RepoPath } from '../ids.ts';
import type { WithHeldOut } from './evidence.ts';
import { heldOutOf, hiddenOf } from './options.ts';
import { heldOutGates, runsOver } from './runs.ts';

/** Why a goal ends before it began. */
interface Failure {
  readonly code: 'HELD_OUT_PROVES_NOTHING';
  readonly text: string;
  readonly fix: string;
}

/** Before an agent is paid for: what does not fail where it must cannot tell a right change from a wrong one. */
export function provesNothing(state: WithHeldOut, paths: readonly RepoPath[]): Failure {
  const code = 'HELD_OUT_PROVES_NOTHING';
  const checks = hiddenOf(state).length === 0 ? 'test files of the plan' : 'held-out checks';
  const onBase = heldOutOf(state)?.oracle === state.created?.repository.tree;
  const where = onBase ? 'on the base' : 'on the wrong solution';
  const silent = withoutTests(state);
  if (silent !== null)
    return {
      code,
      text:
        `with the ${checks} ${where}, gate ${silent} fails and reports no test, so it is not known whether they fail: ` +
        'a file that does not compile or load may stop all others',
      fix:
        'a new omk run, with checks that load there' +
        (onBase
          ? ', or with --held-out-wrong <a folder or patch in which everything that they use is there and wrong>'
          : ''),
    };
  const text =
    paths.length > 0
      ? `these ${checks} did not fail ${where}, in any required gate that counts tests, so they prove ` +
        `nothing: ${paths.join(', ')}`
      : `no required gate that counts tests runs the ${checks} ${where}`;
  return {
    code,
    text,
    fix: 'a new omk run, with checks that fail now or with --held-out-wrong <a folder or patch that they must catch>',
  };
}

/** A gate that ended red without a report of tests wherever the checks were laid over; null where one told of tests. */
function withoutTests(state: WithHeldOut): string | null {
  const tree = heldOutOf(state)?.oracle;
  if (tree === undefined) return null;
  const runs = heldOutGates(state).flatMap((gate) => runsOver(state, gate, 'oracle', tree));
  return runs.length > 0 && runs.every(isSilent) ? (runs[0]?.gate ?? null) : null;
}

const isSilent = ({ outcome, report }: Measurement): boolean =>
  report.kind !== 'tests' && outcome.kind === 'exited' && outcome.code !== 0;
