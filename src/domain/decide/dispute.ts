import { judgeGate } from '../evidence/judge-gate.ts';
import { baselineOf } from '../gates/baseline.ts';
import { holds, isPlain } from '../evidence/settle-runs.ts';
import { isIn } from '../contract/test-file.ts';
import { ask, record } from '../judge/intents.ts';
import { decidedBy, isLookedAt } from '../oracle/pending-dispute.ts';
import type { Intent } from '../goal/intent.ts';
import { LATE, openBeforeIntegration } from './look.ts';
import type { BlockingGap } from '../judge/readiness.ts';
import { hasManyTasks, type AttemptState, type GoalState } from '../goal/state.ts';
import { visibleOf } from '../held-out/options.ts';
import type { RepoPath, Sha256, TreeId } from '../ids.ts';
import { acceptedChecks } from '../held-out/evidence.ts';

/** What stands in the way beside red checks; what runs where all else is shown has not run yet. */
const isBeside = ({ code, subject }: BlockingGap): boolean =>
  !REST.has(code) && !(code === 'G_GATE_PENDING' && LATE.has(subject));

const REST: ReadonlySet<string> = new Set(['G_GATE_FAILED', 'G_HELD_OUT', 'G_CRITERION_OPEN', 'G_OWN_TESTS']);

/** The frozen checks that are red in a candidate where nothing else is; null where something else is, or it cannot be told. */
function onlyRed(state: GoalState, candidate: TreeId): readonly RepoPath[] | null {
  const paths = visibleOf(state).map(({ path }) => path);
  const base = state.created?.repository.tree ?? '';
  const red = new Set<RepoPath>();
  if (!state.examined.has(candidate)) return null;
  for (const gate of state.policy?.gates ?? []) {
    const found = judgeGate(state, gate, candidate);
    if (found === null) return null;
    if (holds(found.verdict) || !gate.required) continue;
    const before = baselineOf(state.measurements, gate, base)?.failing ?? new Set();
    const failed = found.evidence
      .filter(isPlain)
      .flatMap(({ report }) => (report.kind === 'tests' ? report.tests.failed : []))
      .filter((id) => !before.has(id));
    if (found.missing.length > 0 || failed.length === 0) return null;
    for (const id of failed) {
      const own = paths.find((path) => isIn(id, path));
      if (own === undefined) return null;
      red.add(own);
    }
  }
  return red.size === 0 ? null : [...red].sort();
}

const candidateOf = (attempt: AttemptState): TreeId | null =>
  attempt.turns.findLast((turn) => turn.snapshot !== null)?.snapshot?.candidate ?? null;

interface MayBeWrong {
  readonly commitment: Sha256;
  readonly paths: readonly RepoPath[];
  readonly why: readonly string[];
}

/** Checks of another session that alone are red: disputed by the worker, or red with the same ids through two attempts. Null: none. */
function mayBeWrong(state: GoalState, when: 'at_end' | 'before_more'): MayBeWrong | null {
  const checks = acceptedChecks(state);
  if (!checks || hasManyTasks(state)) return null;
  const [last, previous] = state.attempts.toReversed();
  const candidate = last ? candidateOf(last) : null;
  if (!last || candidate === null) return null;
  const red = onlyRed(state, candidate);
  if (red === null || openBeforeIntegration(state).some(isBeside)) return null;
  const claims = last.turns.flatMap((turn) => turn.snapshot?.disputes ?? []);
  const isClaimed = red.every((path) => claims.some(({ check }) => check === path));
  const before = previous ? candidateOf(previous) : null;
  const isStuck = before !== null && onlyRed(state, before)?.join('\n') === red.join('\n');
  if (!(isStuck || (when === 'at_end' && isClaimed))) return null;
  return {
    commitment: checks.checks.commitment,
    paths: red,
    why: [
      ...(isStuck ? ['they failed in two attempts one after the other'] : []),
      ...claims
        .filter(({ check }) => red.includes(check))
        .map(({ check, why }) => `the worker says of ${check}: ${why}`),
    ],
  };
}

/**
 * What becomes of checks that may be wrong, at the end or before a third attempt is paid: a fresh session looks at them once for each
 * criterion, where that was asked for; else a person is asked, once for the same checks. Null where there are none.
 */
export function disputed(state: GoalState, when: 'at_end' | 'before_more'): Intent | null {
  const found = mayBeWrong(state, when);
  if (found === null) return null;
  const { commitment, paths, why } = found;
  if (wrongDispute(state, found) === null)
    return record(`dispute:${commitment}`, { type: 'checks.disputed', data: { commitment, paths, why } });
  if (state.questions.some(({ question }) => question.code === 'check_disputed' && question.subject === commitment))
    return null;
  const looked = state.disputed.length > 0 ? ['another session looked at them, and did not write them otherwise'] : [];
  return ask({
    id: `q-check-${commitment.slice(0, 12)}`,
    code: 'check_disputed',
    subject: commitment,
    paths,
    text: [
      `All else passes, and these checks of another session do not: ${paths.join(', ')}. Are they wrong?`,
      ...why,
      ...looked,
      'before: they failed on the wrong solution. Accept has others written, which must fail on one as well; reject keeps them.',
    ].join('\n'),
  });
}

/** Why no fresh session may look at these checks, or null. */
export function wrongDispute(
  state: GoalState,
  { commitment, paths }: Pick<MayBeWrong, 'commitment' | 'paths'>,
): string | null {
  const submission = acceptedChecks(state);
  if (state.created?.options.oracleDisputes !== 'agent') return 'no session is asked about checks';
  if (submission?.checks.commitment !== commitment) return 'these are not the checks of the goal';
  const criteria = decidedBy({ submission }, paths);
  if (criteria.length === 0) return 'these checks decide nothing';
  return isLookedAt(state, criteria) ? 'a session looked at them already' : null;
}
