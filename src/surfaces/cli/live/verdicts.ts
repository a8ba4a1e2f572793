import { toldGaps } from '../../../app/narrative/missing.ts';
import type { Notice } from '../../../app/notice.ts';
import { judgeGate } from '../../../domain/evidence/judge-gate.ts';
import type { LoggedEvent } from '../../../domain/goal/event.ts';
import { viewOfAttempt, viewOfTask } from '../../../domain/task/view.ts';
import type { Verdict } from '../../../domain/gates/verdict.ts';
import { currentSnapshot, type GoalState } from '../../../domain/goal/state.ts';
import { cleanLine } from '../../../domain/text/clean.ts';

/** What the gates say about the candidate, at the moments when that is settled: before feedback and at the end of an attempt. */
export function verdictLines(notice: Notice): readonly string[] {
  if (notice.kind !== 'event') return [];
  const { event, state } = notice;
  const view = viewAbout(event, state);
  if (event.type === 'turn.started' && event.data.turn > 1) return [...verdictsOf(view), ...reasonsOf(view)];
  const settled = event.type === 'attempt.ended' || (event.type === 'question.asked' && event.data.as === undefined);
  return settled ? verdictsOf(view) : [];
}

/** The task that an event is about, where there are several. */
function viewAbout(event: LoggedEvent, state: GoalState): GoalState {
  if (event.type === 'question.asked' && event.data.question.task !== undefined)
    return viewOfTask(state, event.data.question.task);
  return event.type === 'attempt.ended' || event.type === 'turn.started'
    ? viewOfAttempt(state, event.data.attempt)
    : state;
}

/** The verdict of each gate about the newest candidate; nothing until all of it is settled. */
export function verdictsOf(state: GoalState): readonly string[] {
  const candidate = currentSnapshot(state)?.candidate;
  if (candidate === undefined || !state.examined.has(candidate)) return [];
  if (candidate === state.created?.repository.tree) return ['judged: nothing was changed'];
  return (state.policy?.gates ?? []).flatMap((gate) => {
    const assessment = judgeGate(state, gate, candidate);
    if (assessment === null) return [];
    const { verdict, flaky } = assessment;
    const why = verdict.kind === 'pass' ? '' : `: ${cleanLine(verdict.detail, 400)} (${verdict.code})`;
    const label = flaky.length === 0 ? '' : `, flaky: ${cleanLine(flaky.join('; '), 300)}`;
    return [`judged: gate ${gate.id} ${VERDICTS[verdict.kind]}${why}${label}`];
  });
}

/** Why work goes back, where it is not a gate that says so. */
export const reasonsOf = (state: GoalState): readonly string[] =>
  toldGaps(state)
    .filter(({ code }) => OF_WORK.has(code))
    .slice(0, 3)
    .map(({ code, text }) => `judged: ${cleanLine(text, 400)} (${code})`);

/** What a worker can mend, and no gate says. */
const OF_WORK: ReadonlySet<string> = new Set([
  'G_CAPTURE',
  'G_FACT',
  'G_HELD_OUT',
  'G_OWN_TESTS',
  'G_PATHS_REFUSED',
  'G_REGRESSION',
  'G_SECRET',
  'G_TIMING',
  'G_WRITE_SET',
]);

const VERDICTS: Readonly<Record<Verdict['kind'], string>> = {
  pass: 'passes',
  fail: 'fails',
  not_measured: 'could not be measured',
  not_applicable: 'does not apply',
};
