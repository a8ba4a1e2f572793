import type { Question } from '../../domain/evidence/question.ts';
import { currentSnapshot, openQuestion, type GoalState } from '../../domain/goal/state.ts';
import { acceptedChecks } from '../../domain/held-out/evidence.ts';
import { findKept } from '../../domain/task/kept.ts';
import type { AnswerForm, NarrativeLine, NextStep } from './line.ts';

/** What to do next. `deserted`: it runs, and no process works on it. `instead`: what the surface says of a goal that is ready. */
export function nextOf(
  state: GoalState,
  isEmpty: boolean,
  { deserted, instead }: { readonly deserted: boolean; readonly instead: string | undefined },
): readonly NarrativeLine[] {
  const question = openQuestion(state);
  if (question && state.status !== 'ready')
    return [{ kind: 'question', question }, next({ does: 'answer', ...waysOut(state, question) })];
  if (state.status === 'running' && !deserted) return [next(does('watch'))];
  const steps = stepsOf(state, isEmpty, instead);
  return steps.length === 0 ? [] : [next(...steps)];
}

const next = (...steps: readonly NextStep[]): NarrativeLine => ({ kind: 'next', steps });

function stepsOf(state: GoalState, isEmpty: boolean, instead?: string): readonly NextStep[] {
  const log = state.attempts.some(({ turns }) => turns.length > 0) ? [does('read_log')] : [];
  const look = isJudged(state) && !isEmpty ? [does('look')] : [];
  if (state.status === 'ready') {
    if (instead !== undefined) return [{ does: 'as_told', text: instead }];
    if (state.created?.given) return [does('verify'), ...look];
    // What was found is in the last message, and there is nothing to take.
    if (state.plan?.class === 'audit') return [does('read_log'), does('verify')];
    return [does('apply'), ...look, ...(acceptedChecks(state) ? [does('read_checks')] : []), ...log, does('verify')];
  }
  if (state.status === 'cancelled')
    return findKept(state, { attempt: null, turn: null }) === null || isUnchanged(state)
      ? []
      : [does('apply_not_ready')];
  const fix = state.ended?.failure?.fix;
  if (fix !== undefined) return [{ does: 'mend', text: fix }, ...log];
  return [does(state.created?.given && state.status === 'not_ready' ? 'judge_again' : 'resume'), ...look, ...log];
}

type Plain = Exclude<NextStep['does'], 'answer' | 'mend' | 'as_told'>;
const does = (what: Plain): NextStep => ({ does: what });

function waysOut(
  { policy }: GoalState,
  question: Question,
): { readonly with: readonly AnswerForm[]; readonly gates: readonly string[] } {
  switch (question.code) {
    case 'no_criterion':
      return { with: policy?.gates.some((gate) => gate.required) ? ['check', 'accept'] : ['check'], gates: [] };
    case 'agent_asks':
      return { with: [question.question.wants ? 'text' : 'choose', 'reject'], gates: [] };
    case 'cannot_run':
      return { with: ['known_red', 'accept'], gates: question.gates };
    default:
      return { with: ['accept', 'reject'], gates: [] };
  }
}

/** Whether there is a change to show. */
function isJudged(state: GoalState): boolean {
  const candidate = currentSnapshot(state)?.candidate;
  return candidate !== undefined && state.examined.has(candidate);
}

const isUnchanged = (state: GoalState): boolean => currentSnapshot(state)?.salvage === state.created?.repository.tree;
