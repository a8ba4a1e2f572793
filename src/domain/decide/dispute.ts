import { assess } from '../evidence/assess.ts';
import { baselineOf } from '../gates/baseline.ts';
import { holds, isPlain } from '../evidence/settle-runs.ts';
import { isIn } from '../gates/test-file.ts';
import { ask } from '../judge/intents.ts';
import type { Intent } from '../goal/intent.ts';
import { LATE, openBeforeIntegration } from './look.ts';
import type { BlockingGap } from '../judge/readiness.ts';
import { hasManyTasks, type AttemptState, type GoalState } from '../goal/state.ts';
import { visibleOf } from '../held-out/options.ts';
import type { RepoPath, TreeId } from '../ids.ts';
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
    const found = assess(state, gate, candidate);
    if (found.kind !== 'judged') return null;
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

/**
 * The question about checks of another session that alone are red, at the end or before a third attempt is paid: whether they are
 * wrong. Once for the same checks; null where there is nothing to ask.
 */
export function disputed(state: GoalState, when: 'at_end' | 'before_more'): Intent | null {
  const checks = acceptedChecks(state);
  if (!checks || hasManyTasks(state)) return null;
  const subject = checks.checks.commitment;
  if (state.questions.some(({ question }) => question.code === 'check_disputed' && question.subject === subject))
    return null;
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
  return ask({
    id: `q-check-${subject.slice(0, 12)}`,
    code: 'check_disputed',
    subject,
    paths: red,
    text: [
      `All else passes, and these checks of another session do not: ${red.join(', ')}. Are they wrong?`,
      ...(isStuck ? ['they failed in two attempts one after the other'] : []),
      ...claims
        .filter(({ check }) => red.includes(check))
        .map(({ check, why }) => `the worker says of ${check}: ${why}`),
      'before: they failed on the wrong solution. Accept has others written, which must fail on one as well; reject keeps them.',
    ].join('\n'),
  });
}
