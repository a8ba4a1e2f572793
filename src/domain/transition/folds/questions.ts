import type { Answer } from '../../evidence/question.ts';
import { attemptsOf } from '../../goal/attempts.ts';
import { hasManyTasks, newestSnapshot, type DataOf, type GoalState } from '../../goal/state.ts';
import { tasksOfPlan } from '../../goal/task.ts';
import { whyDisputed } from '../../oracle/claimed.ts';
import { checksDisputed, submitted } from '../../oracle/evolve.ts';
import { planRejected } from '../../planner/approval.ts';
import { planEdited, planSubmitted } from '../../planner/evolve.ts';
import { withAdded } from '../evolve-tasks.ts';
import type { Folds } from './fold.ts';
import { inAttempt } from './in-attempt.ts';

/** The plan, the checks written for it, and what people were asked. */
export const QUESTION_FOLDS: Folds<
  | 'plan.made'
  | 'plan.submitted'
  | 'plan.edited'
  | 'plan.approved'
  | 'plan.rejected'
  | 'checks.disputed'
  | 'checks.submitted'
  | 'question.asked'
  | 'question.answered'
> = {
  'plan.made': (state, { plan: made, refused }) => {
    const plan = withAdded(made, state.added);
    const tasks = tasksOfPlan(plan, state.tasks, state.created?.options.maxAttempts ?? 1);
    return { ...state, plan, refusedChecks: refused, tasks };
  },
  'plan.submitted': planSubmitted,
  'plan.edited': planEdited,
  'plan.approved': (state, data) => ({ ...state, approved: data }),
  'plan.rejected': planRejected,
  'checks.disputed': checksDisputed,
  'checks.submitted': submitted,
  'question.asked': asked,
  'question.answered': (state, data) => {
    const questions = state.questions.map((each) =>
      each.question.id === data.question ? { ...each, answer: data.answer } : each,
    );
    return answered({ ...state, questions }, data);
  },
};

/** Where a person accepted the same before, it is answered as it is asked. */
function asked(state: GoalState, { question, as }: DataOf<'question.asked'>): GoalState {
  if (as === undefined) return { ...state, questions: [...state.questions, { question, answer: null }] };
  const questions = [...state.questions, { question, answer: { kind: 'accept', as } } as const];
  return reopen({ ...state, questions }, question.id);
}

/** An answer about the newest candidate is about the attempt that made it, so that attempt goes on. */
function answered(state: GoalState, { question, answer }: DataOf<'question.answered'>): GoalState {
  const base = state.created?.repository.tree;
  switch (answer.kind) {
    case 'retry':
      return {
        ...state,
        dependencies: null,
        plan: null,
        measurements: state.measurements.filter(({ tree, purpose }) => tree !== base || purpose !== 'baseline'),
      };
    case 'known_red':
      return { ...state, plan: null };
    default:
      return replaced(state, question, answer) ?? reopen(state, question);
  }
}

/** Checks that a person called wrong: another session writes others. */
function replaced(state: GoalState, id: string, answer: Answer): GoalState | null {
  const question = state.questions.find((each) => each.question.id === id)?.question;
  return question?.code === 'check_disputed' && answer.kind === 'accept'
    ? planRejected(state, { why: whyDisputed(question.paths) })
    : null;
}

function reopen(state: GoalState, id: string): GoalState {
  const question = state.questions.find((each) => each.question.id === id)?.question;
  const attempts = question?.task === undefined ? state.attempts : attemptsOf(state, question.task);
  const attempt = attempts.at(-1);
  if (
    !attempt ||
    attempt.ended === null ||
    attempt.ended === 'accepted' ||
    (hasManyTasks(state) && question?.task === undefined) ||
    newestSnapshot(attempts)?.candidate !== question?.subject
  )
    return state;
  return inAttempt(state, attempt.attempt, (each) => ({ ...each, ended: null, reopened: each.reopened + 1 }));
}
