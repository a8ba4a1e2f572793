import { canonical } from '../canonical.ts';
import type { GoalOptions } from '../goal/event.ts';
import type { GoalState } from '../goal/state.ts';
import { questionOfPlan, type DocumentTask, type PlanDocument } from '../plan/document.ts';
import { documentOfPlan } from './to-document.ts';

/** The plan of several tasks as one of a single task, which shows every criterion. */
function asOneTask({ tasks, ...rest }: PlanDocument, title: string): PlanDocument {
  const writes = tasks.every((each) => (each.writes ?? []).length > 0)
    ? [...new Set(tasks.flatMap((each) => each.writes ?? []))]
    : [];
  const task: DocumentTask = {
    id: 't1',
    title,
    brief: ['All of these, as far as they are not done yet:', ...tasks.map(inWords)].join('\n'),
    ...(writes.length > 0 ? { writes } : {}),
  };
  return { ...rest, tasks: [task] };
}

const inWords = ({ title, brief = title }: DocumentTask): string =>
  brief === title ? `- ${title}` : `- ${title}: ${brief}`;

/** The options of a goal of several tasks for one that does the rest as one task; no session plans it anew. */
export function optionsAsOneTask(
  { planner: _planner, ...options }: GoalOptions,
  state: GoalState,
  sha256Of: (text: string) => string,
): GoalOptions {
  const document = documentOfPlan(state);
  if (document === null) return options;
  const one = asOneTask(answered(document, state), state.created?.title ?? '');
  return { ...options, plan: { document: one, sha256: sha256Of(canonical(one)) } };
}

/** What a person answered is not asked again. */
function answered(document: PlanDocument, { questions }: GoalState): PlanDocument {
  if (document.questions === undefined) return document;
  const told = document.questions.map((each) => {
    const answer = questions.find(({ question }) => question.id === questionOfPlan(each.id))?.answer;
    return answer?.kind === 'text' ? { id: each.id, text: each.text, default: answer.text } : each;
  });
  return { ...document, questions: told };
}
