import type { GateRun } from '../gates/assess.ts';
import { BASELINE_ROUNDS, baselineRun } from '../gates/baseline.ts';
import { planFromPrompt } from '../plan/from-prompt.ts';
import { decideAttempt } from './decide-attempt.ts';
import { ask, end, record, runGate } from './decide-record.ts';
import type { Intent } from './intent.ts';
import { answerTo, openQuestion, type GoalState } from './state.ts';

/**
 * What comes next, from the state alone. Empty when nothing can be done: the goal is not running, or a turn is under way.
 * All intents of one answer are independent and may be performed at once.
 */
export function decide(state: GoalState): readonly Intent[] {
  const { created, policy } = state;
  if (!created || state.status !== 'running') return [];
  if (!policy) return [{ key: 'policy', kind: 'resolve_policy' }];
  if (!state.dependencies) return [{ key: 'dependencies', kind: 'prepare_dependencies' }];

  const baseline = baselineRuns(state);
  if (baseline.length > 0) return baseline.map(runGate);
  const broken = state.measurements.find((each) => each.purpose === 'baseline' && each.outcome.kind === 'not_started');
  if (broken?.outcome.kind === 'not_started') {
    const text = `gate ${broken.gate} cannot run here: ${broken.outcome.detail}`;
    return [end(state, broken.outcome.at === 'tool' ? 'blocked_on_external' : 'failed_infra', { code: 'GATE_NOT_STARTED', text, fix: 'omk doctor' })];
  }
  if (!state.plan) {
    const made = planFromPrompt(state);
    return made ? [record(`plan:${policy.gates.length}`, { type: 'plan.made', data: made })] : [];
  }
  if (openQuestion(state)) return [end(state, 'blocked_on_human')];
  if (!policy.gates.some((gate) => gate.required)) return [end(state, 'blocked_on_human')];
  if (state.plan.criteria.length === 0 && answerTo(state, 'no_criterion', 'goal')?.kind !== 'accept') return [askForCriterion(state)];
  return decideAttempt(state);
}

function baselineRuns(state: GoalState): readonly GateRun[] {
  const tree = state.created?.repository.tree;
  if (!tree) return [];
  return (state.policy?.gates ?? [])
    .filter((gate) => !gate.skip)
    .flatMap((gate) =>
      BASELINE_ROUNDS.filter((round) => !baselineRun(state.measurements, gate, tree, round)).map(
        (round): GateRun => ({ gate: gate.id, purpose: 'baseline', round, tree, canaryBase: null }),
      ),
    );
}

function askForCriterion(state: GoalState): Intent {
  const refused = state.refusedChecks.length > 0 ? ` (${state.refusedChecks.join(', ')} passes at the base already, so it proves nothing)` : '';
  const n = state.questions.filter((each) => each.question.code === 'no_criterion').length + 1;
  return ask({
    id: `q-criterion-${n}`,
    code: 'no_criterion',
    subject: 'goal',
    text: `What shows that this is done? Every gate is green at the base${refused}, so nothing would tell a finished goal from an untouched one.`,
  });
}

