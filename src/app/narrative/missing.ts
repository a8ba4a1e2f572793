import type { BlockingGapCode } from '../../domain/goal/gap.ts';
import { blocking, readiness, type BlockingGap } from '../../domain/judge/readiness.ts';
import { openQuestion, type GoalState } from '../../domain/goal/state.ts';
import type { NarrativeLine } from './line.ts';

/** What is missing, each thing once, those of a kind together, and before it why the goal ended without a judgement. */
export function missingOf(state: GoalState): readonly NarrativeLine[] {
  if (state.status === 'ready' || state.status === 'cancelled') return [];
  const failure = state.ended?.failure;
  // Where nothing came to its end, that nothing changed follows from it; where no work began, that what comes before did not end.
  const follows: readonly BlockingGapCode[] = [
    ...(failure ? (['G_EMPTY_PATCH'] as const) : []),
    ...(failure && isBeforeWork(state) ? BEFORE_WORK : []),
  ];
  const gaps = toldGaps(state).filter(({ code }) => !follows.includes(code));
  const missing = [...Map.groupBy(gaps, ({ code }) => code).values()].flat();
  return [
    ...(failure ? [{ kind: 'failure', code: failure.code, text: failure.text } as const] : []),
    ...missing.map(({ code, subject, text }): NarrativeLine => ({ kind: 'missing', code, subject, text })),
  ];
}

/** What every goal lacks in which no work has begun. */
const BEFORE_WORK = ['G_BASELINE_INCOMPLETE', 'G_NO_PLAN', 'G_NO_CANDIDATE'] as const;

const isBeforeWork = ({ attempts }: GoalState): boolean => attempts.length === 0;

/** The gaps that nothing else told of says already. */
export function toldGaps(state: GoalState): readonly BlockingGap[] {
  const gaps = withoutEchoes(blocking(state.ended?.gaps ?? readiness(state)));
  const byQuestion = saidByQuestion(state);
  const failure = state.ended?.failure?.text ?? '';
  return gaps
    .filter(({ code }) => state.status === 'paused' || code !== 'G_NOT_INTEGRATED')
    .filter(({ code }) => !byQuestion.includes(code))
    .filter(({ text }) => !failure.includes(text));
}

/** Gaps that say no more than the open question, which is shown before them. */
function saidByQuestion(state: GoalState): readonly BlockingGapCode[] {
  const question = openQuestion(state);
  const code = question?.code;
  if (code === 'docs_only') return ['G_OPEN_QUESTION', 'G_DOCS_ONLY'];
  if (code === 'nothing_shown' || (code === 'contract_changed' && question?.unshown === true))
    return ['G_OPEN_QUESTION', 'G_OWN_TESTS'];
  if (code !== 'no_criterion') return ['G_OPEN_QUESTION'];
  const noWork: readonly BlockingGapCode[] = isBeforeWork(state) ? ['G_NO_CANDIDATE'] : [];
  return ['G_OPEN_QUESTION', 'G_NO_CRITERION', 'G_NO_GATE', ...noWork];
}

/** What a judgement of a candidate can say: of one that changes nothing it says only that. */
const OF_A_CHANGE: readonly BlockingGapCode[] = [
  'G_GATE_FAILED',
  'G_GATE_NOT_MEASURED',
  'G_GATE_PENDING',
  'G_CRITERION_OPEN',
  'G_OWN_TESTS',
  'G_HELD_OUT',
  'G_NOT_INTEGRATED',
];
const OF_A_GATE: readonly BlockingGapCode[] = ['G_GATE_FAILED', 'G_GATE_NOT_MEASURED', 'G_GATE_PENDING'];

/** Without those that only follow from another one of them. */
export function withoutEchoes(gaps: readonly BlockingGap[]): readonly BlockingGap[] {
  if (gaps.some(({ code }) => code === 'G_EMPTY_PATCH')) return gaps.filter(({ code }) => !OF_A_CHANGE.includes(code));
  const gates = gaps.filter(({ code }) => OF_A_GATE.includes(code)).map(({ subject }) => subject);
  return gaps.filter(
    ({ code, text }) =>
      code !== 'G_CRITERION_OPEN' || !gates.some((gate) => text.includes(`gate ${gate}, red at the base`)),
  );
}
