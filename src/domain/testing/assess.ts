import { assess, type Assessment } from '../evidence/assess.ts';
import type { Measurement, Purpose } from '../gates/evidence.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { GateSpec } from '../gates/gate.ts';
import { fold } from '../transition/evolve.ts';
import type { TreeId } from '../ids.ts';
import type { GoalState } from '../goal/state.ts';
import { BASE, created, examinedOf, FIX, gateSpec, measurement, policyOf, shows, tree, type Shown } from './build.ts';
import { CANARY } from './ready.ts';

export const CONTRACT = tree('contract');
export const RED = shows({ passed: ['adds'], failed: ['subtracts'] });
export const GREEN = shows({ passed: ['adds', 'subtracts'] });
export const CAUGHT = shows({ passed: ['adds'], failed: [CANARY.name] }, { canary: CANARY });
export const EDITED = [{ path: 'a.test.js', change: 'edited' }] as const;

export type Run = readonly [Purpose, string, Shown];
export interface Given {
  readonly gate?: GateSpec;
  readonly base?: Shown;
  readonly knownRed?: boolean;
  readonly accepted?: boolean;
  readonly contract?: string;
  readonly changes?: ReturnType<typeof examinedOf>['contractChanges'];
}

export const broken = (shown: Shown, ...files: readonly string[]): Shown =>
  shown.report.kind === 'tests'
    ? {
        ...shown,
        outcome: { kind: 'exited', code: 1 },
        report: { ...shown.report, tests: { ...shown.report.tests, broken: files } },
      }
    : shown;

export function stateOf(runs: readonly Run[], given: Given): GoalState {
  const { gate = gateSpec(), base = RED, contract = FIX, changes = [] } = given;
  const state = fold([
    { type: 'goal.created', data: created({ knownRed: given.knownRed ? [gate.id] : [] }) },
    { type: 'policy.resolved', data: { policy: policyOf(gate) } },
    ...[1, 2].map((round) => ({
      type: 'gate.measured' as const,
      data: measurement({ purpose: 'baseline', tree: BASE, round, ...base }),
    })),
    { type: 'candidate.examined', data: examinedOf(FIX, { contract, contractChanges: changes }) },
    ...runs.map(([purpose, at, shown]) => ({
      type: 'gate.measured' as const,
      data: measurement({ purpose, tree: at, ...shown }),
    })),
  ]);
  const question = { id: 'q', code: 'contract_changed', subject: FIX, text: 'x', paths: [] } as const;
  return given.accepted ? { ...state, questions: [{ question, answer: { kind: 'accept' } }] } : state;
}

/** One gate and one tree against the base of the state. */
export const assessAt = (state: Evidence, gate: GateSpec, tree: TreeId): Assessment =>
  assess(state, gate, { base: state.created?.repository.tree ?? '', tree });

export const of = (runs: readonly Run[], given: Given = {}): Assessment =>
  assessAt(stateOf(runs, given), given.gate ?? gateSpec(), FIX);
export const needs = (assessment: Assessment): string =>
  assessment.kind === 'needs'
    ? `${assessment.run.purpose} of ` +
      `${nameOf(assessment.run.tree)}` +
      `${assessment.run.canaryBase ? ` for ${nameOf(assessment.run.canaryBase)}` : ''}`
    : 'nothing';
export const nameOf = (id: string): string =>
  ({ [BASE]: 'base', [FIX]: 'candidate', [CONTRACT]: 'contract' })[id] ?? id;
export const verdict = (assessment: Assessment): string => {
  if (assessment.kind === 'needs') return 'needs';
  return 'code' in assessment.verdict ? assessment.verdict.code : assessment.verdict.kind;
};
export const detail = (assessment: Assessment): string =>
  assessment.kind === 'judged' && 'detail' in assessment.verdict ? assessment.verdict.detail : '';
export const evidence = (assessment: Assessment): readonly string[] =>
  assessment.kind === 'judged'
    ? assessment.evidence.map(({ purpose, tree: at }: Measurement) => `${purpose} ${nameOf(at)}`)
    : [];
