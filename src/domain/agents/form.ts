import { sameQuestion, type AgentQuestion, type AnsweredQuestion } from './agent.ts';

export type FormValue = string | number | boolean | readonly string[];

/** A field of a form that an agent asks a person to fill in. */
export interface FormField {
  readonly name: string;
  readonly required: boolean;
  /** What is asked; null where omk does not know the type of the field. */
  readonly question: AgentQuestion | null;
  /** What each option of the question stands for; null leaves the field out. */
  readonly values: readonly (FormValue | null)[];
}

export type FormAnswer =
  | { readonly decision: 'filled'; readonly content: Readonly<Record<string, FormValue>>; readonly reason: string }
  /** What is still to be asked, in the order of the form. */
  | { readonly decision: 'asked'; readonly question: AgentQuestion; readonly further: readonly AgentQuestion[] }
  | { readonly decision: 'declined'; readonly reason: string };

/** More than a person would read. */
const MOST_ANSWERS = 200;

/**
 * Each field is a question of its own, and a no to one of them is a no to the form. Of what need not be filled in, free
 * text beside other fields is left out: nobody is stopped for a remark.
 */
export function decideForm(fields: readonly FormField[], answers: readonly AnsweredQuestion[]): FormAnswer {
  const unknown = fields.find(({ required, question }) => required && question === null);
  if (unknown !== undefined) return declined(`the form has a required field that cannot be asked: ${unknown.name}`);
  const asked = fieldsToAsk(fields);
  if (asked.length === 0) return declined('the form asks nothing');
  if (asked.flatMap(({ values }) => [null, ...values]).length > MOST_ANSWERS)
    return declined(`the form has more than ${MOST_ANSWERS} fields and answers`);
  const given = asked.map((field) => ({
    field,
    answer: answers.findLast((each) => sameQuestion(each, field.question)),
  }));
  if (given.some(({ answer }) => answer?.chosen === null && answer.text === undefined))
    return declined('a person gave none of the answers');
  const [question, ...further] = given.flatMap(({ field, answer }) => (answer === undefined ? [field.question] : []));
  if (question !== undefined) return { decision: 'asked', question, further };
  const filled = given.flatMap(({ field, answer }) => {
    const value = answer === undefined ? null : valueOf(field, answer);
    return value === null ? [] : [[field.name, value] as const];
  });
  return { decision: 'filled', content: Object.fromEntries(filled), reason: 'a person filled in the form' };
}

type Askable = FormField & { readonly question: AgentQuestion };

function fieldsToAsk(fields: readonly FormField[]): readonly Askable[] {
  const askable = fields.filter((field): field is Askable => field.question !== null);
  const needed = askable.filter(({ required, question }) => required || question.wants === undefined);
  return needed.length === 0 ? askable : needed;
}

function valueOf({ values, question }: Askable, { chosen, text = '' }: AnsweredQuestion): FormValue | null {
  if (chosen !== null) return values[chosen] ?? null;
  return question.wants === 'text' ? text : Number(text);
}

const declined = (reason: string): FormAnswer => ({ decision: 'declined', reason });
