import { heldOutOf, hiddenOf } from '../../../domain/held-out/options.ts';
import { assess } from '../../../domain/evidence/assess.ts';
import type { GateSpec } from '../../../domain/gates/gate.ts';
import { currentSnapshot, type GoalState } from '../../../domain/goal/state.ts';
import { assessHeldOut, type HeldOut } from '../../../domain/held-out/assess.ts';
import { commandSummary } from '../../../domain/commands/told.ts';
import { cleanLine } from '../../../domain/text/clean.ts';
import { many } from './many.ts';

interface Check {
  readonly gate: string;
  readonly passes: boolean;
  readonly words: string;
}

/** What each gate says of the newest candidate. */
const checksOf = (state: GoalState): readonly Check[] =>
  (state.policy?.gates ?? []).map((gate) => ({ gate: gate.id, ...checkOf(state, gate) }));

function checkOf(state: GoalState, gate: GateSpec): Omit<Check, 'gate'> {
  const candidate = currentSnapshot(state)?.candidate;
  if (candidate === undefined || !state.examined.has(candidate))
    return { passes: false, words: 'not run on a candidate' };
  const assessment = assess(state, gate, candidate);
  if (assessment.kind === 'needs') return { passes: false, words: 'not run on the candidate' };
  const { verdict, evidence, flaky } = assessment;
  const [first] = evidence;
  const tests = first?.report.kind === 'tests' ? `, ${many(first.report.tests.passed.length, 'test')} passed` : '';
  const label = flaky.length === 0 ? '' : ', but flaky';
  const why = verdict.kind === 'pass' ? '' : `: ${cleanLine(verdict.detail, 300)} (${verdict.code})`;
  return {
    passes: verdict.kind === 'pass' && flaky.length === 0,
    words: `${verdict.kind.replace('_', ' ')}${label}${tests}${why}`,
  };
}

/** A line a gate. */
export const checkLines = (state: GoalState): readonly string[] => [
  ...checksOf(state).map(({ gate, words }) => `  gate     ${gate}: ${words}`),
  ...commandSummary(state).map((text) => `  commands ${text}`),
];

/** The gates that pass on one line, then a line for each that does not. */
export function briefCheckLines(state: GoalState): readonly string[] {
  const checks = checksOf(state);
  const gates = checks.filter(({ passes }) => passes).map(({ gate, words }) => `${gate}: ${words}`);
  const passing = [...gates, ...commandSummary(state)];
  return [
    ...(passing.length === 0 ? [] : [`  checked  ${passing.join('; ')}`]),
    ...checks.filter(({ passes }) => !passes).map(({ gate, words }) => `  gate     ${gate}: ${words}`),
  ];
}

const SAYS: Readonly<Record<Exclude<HeldOut['kind'], 'none'>, string>> = {
  needs: 'not run on the candidate',
  no_oracle: 'do not fail where they must',
  not_shown: 'do not pass',
  shown: 'pass, and fail where they must',
};

export function heldOutLines(state: GoalState): readonly string[] {
  const candidate = currentSnapshot(state)?.candidate;
  const paths = heldOutOf(state)?.paths ?? [];
  const found = candidate === undefined ? 'needs' : assessHeldOut(state, candidate).kind;
  if (paths.length === 0 || found === 'none') return [];
  const hidden = hiddenOf(state).length;
  const seen = paths.length - hidden;
  return [
    ...(hidden > 0 ? [`  held-out ${many(hidden, 'file')}: ${SAYS[found]}`] : []),
    ...(seen > 0 ? [`  frozen   ${many(seen, 'file')} of tests: ${SAYS[found]}`] : []),
  ];
}
