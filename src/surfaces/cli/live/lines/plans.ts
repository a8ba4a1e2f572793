import type { Answer } from '../../../../domain/evidence/question.ts';
import type { DataOf } from '../../../../domain/goal/state.ts';
import { cleanLine } from '../../../../domain/text/clean.ts';
import { many } from '../../text/many.ts';
import { list, short, turn, type Lines } from './words.ts';

/** The plan, the checks written for it, and what people were asked. */
export const PLAN_LINES: Lines<
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
  'plan.made': ({ plan, refused }) => {
    const left = refused.length === 0 ? '' : `; refused as criteria: ${list(refused)}`;
    return `plan: ${many(plan.tasks.length, 'task')}${doneWhen(plan)}${left}`;
  },
  'plan.submitted': (data) =>
    data.kind === 'refused'
      ? `${turn(data)}: plan refused: ${list(data.why)}`
      : `${turn(data)}: submitted a plan of ${many(data.document.tasks.length, 'task')}`,
  'plan.edited': ({ document }) => `a person rewrote the plan: ${many(document.tasks.length, 'task')}`,
  'plan.approved': ({ plan, commitment }) =>
    `a person approved ${[plan, commitment].flatMap((each) => (each === undefined ? [] : [short(each)])).join(', ') || 'the plan'}`,
  'plan.rejected': ({ why }) => `a person refused the plan: ${cleanLine(why)}`,
  'checks.disputed': ({ paths }) => `another session reviews checks that may be wrong: ${list(paths)}`,
  'checks.submitted': (data) =>
    data.kind === 'refused'
      ? `${turn(data)}: checks refused: ${list(data.why)}`
      : `${turn(data)}: submitted ${many(data.checks.paths.length, 'file')} of checks`,
  'question.asked': ({ question, as }) =>
    as === undefined
      ? `question ${question.id}: ${cleanLine(question.text, 400)}`
      : `question ${question.id} is not asked again: the same changes were accepted in ${list(as)}`,
  'question.answered': ({ question, answer }) => `question ${question} answered: ${answered(answer)}`,
};

function answered(answer: Answer): string {
  switch (answer.kind) {
    case 'accept':
    case 'retry':
      return answer.kind;
    case 'reject':
      return answer.note === '' ? 'reject' : `reject, ${cleanLine(answer.note, 400)}`;
    case 'checks':
      return `checks ${list(answer.checks)}`;
    case 'text':
      return cleanLine(answer.text, 400);
    case 'choice':
      return `choice ${answer.option + 1}`;
    case 'known_red':
      return `known red ${list(answer.gates)}`;
  }
}

/** What shows that the plan is done, in words. */
function doneWhen({ criteria, heldOut, oracle, ownTests }: DataOf<'plan.made'>['plan']): string {
  const when = [
    ...criteria.map(({ text }) => text),
    ...(heldOut && oracle === undefined ? ['held-out checks pass'] : []),
    ...(oracle === 'agent' ? ['tests that another session writes pass'] : []),
    ...(ownTests && oracle === undefined ? ['new tests fail without the change'] : []),
  ];
  return when.length === 0 ? '; nothing shows yet when it is done' : `, done when ${list(when)}`;
}
