import { currentSnapshot, type GoalState } from '../../../domain/goal/state.ts';
import { acceptedChecks } from '../../../domain/held-out/evidence.ts';
import { hiddenOf } from '../../../domain/held-out/options.ts';
import type { GoalId } from '../../../domain/ids.ts';
import { isApproved } from '../../../domain/planner/approval.ts';
import { assessOwnTests } from '../../../domain/own-tests/assess.ts';
import { assessFaults, faultsText } from '../../../domain/judge/faults.ts';
import { cleanLine } from '../../../domain/text/clean.ts';
import { many } from './many.ts';

/** Who says that the goal is done, where agents wrote the tests that show it, and how closely those look. */
export function newTestLines(state: GoalState, goal: GoalId): readonly string[] {
  const candidate = currentSnapshot(state)?.candidate;
  if (state.status !== 'ready' || candidate === undefined) return [];
  const own = assessOwnTests(state, candidate);
  if (own.kind !== 'shown') return [];
  const checks = acceptedChecks(state);
  const { agent, options } = state.created ?? {};
  const by = cleanLine((checks ? options?.roleAgents?.oracle?.name : undefined) ?? agent?.name ?? 'the agent');
  const hidden = hiddenOf(state).length;
  const files = checks && hidden > 0 ? ` and ${many(hidden, 'file')} of them that it did not see` : '';
  const read = isApproved(state) ? 'you approved them' : 'no person read them';
  const noticed = faultsText(assessFaults(state, candidate));
  return [
    `  tests    ${many(own.added.length, 'new test')}${files}, written by ${by} ${checks ? 'before the work' : 'with the change'}; ` +
      `${read}${noticed === '' ? '' : `; ${noticed}`}. Read them: omk goal diff ${checks ? '--checks ' : ''}${goal}`,
  ];
}
