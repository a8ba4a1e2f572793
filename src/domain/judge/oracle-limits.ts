import { known, type Gap } from '../goal/gap.ts';
import type { GoalState } from '../goal/state.ts';
import { hiddenOf, visibleOf } from '../held-out/options.ts';
import type { TreeId } from '../ids.ts';
import { assessOwnTests, takenAway } from '../own-tests/assess.ts';
import { acceptedChecks } from '../held-out/evidence.ts';
import { isApproved } from '../planner/approval.ts';

const ORACLE = 'oracle';

/** Who wrote the checks that show the goal, and what else is known of them. */
export function oracleLimits(state: GoalState, candidate: TreeId): readonly Gap[] {
  const checks = acceptedChecks(state);
  if (!checks || isApproved(state)) return [];
  const agent = state.created?.agent?.name ?? 'an agent';
  const seen = visibleOf(state).length;
  const hidden = hiddenOf(state).length;
  const own = assessOwnTests(state, candidate);
  const noticed =
    own.kind === 'shown'
      ? `; ${own.noticed.length} of ${own.added.length} new tests fail where ${takenAway(own.hollowed)}`
      : '';
  return [
    known(
      'K_ORACLE_BY_AGENT',
      ORACLE,
      `${agent} wrote the checks that show the goal, before the work, and no person read them: ` +
        `${seen + hidden} files, ${hidden} of them hidden from the worker, all red on a wrong solution${noticed}`,
    ),
  ];
}
