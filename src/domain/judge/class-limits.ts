import { known, type Gap } from '../goal/gap.ts';
import type { GoalState } from '../goal/state.ts';
import { isPlanApproved } from '../planner/approval.ts';
import { isClassOfSession } from '../planner/of-session.ts';

/** The kind of change decides what has to be shown, so a proof says where an agent chose it and no person approved its plan. */
export function classLimits(state: GoalState): readonly Gap[] {
  const { created, plan } = state;
  if ((created?.options.oracleRules ?? 1) < 3) return [];
  if (plan?.class === undefined || !isClassOfSession(state) || isPlanApproved(state)) return [];
  const name = (created?.options.roleAgents?.planner ?? created?.agent)?.name ?? 'an agent';
  return [
    known(
      'K_CLASS_BY_AGENT',
      'class',
      `${name} chose what kind of change this is (${plan.class}), and with it what has to be shown; ` +
        `--class ${plan.class} or omk goal plan --approve says so yourself`,
    ),
  ];
}
