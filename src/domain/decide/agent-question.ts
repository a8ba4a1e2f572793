import { subjectOf, type AgentQuestion, type AnsweredQuestion } from '../agents/agent.ts';
import { ask } from '../judge/intents.ts';
import type { Intent } from '../goal/intent.ts';
import type { Answer } from '../evidence/question.ts';
import { answerTo, type AttemptState, type GoalState, type TurnState } from '../goal/state.ts';

/** The first question of a turn that nobody answered becomes one of the goal. A no to one of them is a no to all. */
export function askNext(state: GoalState, { attempt }: AttemptState, { turn, outcome }: TurnState): Intent | null {
  if (outcome?.kind !== 'asked') return null;
  const asked = [outcome.question, ...(outcome.further ?? [])];
  const answers = asked.map((question) => answerTo(state, 'agent_asks', subjectOf(question)));
  const index = answers.indexOf(null);
  const question = asked[index];
  if (question === undefined || answers.some((answer) => answer?.kind === 'reject')) return null;
  const id = `q-agent-${attempt}-${turn}`;
  return ask({
    id: index === 0 ? id : `${id}-${index + 1}`,
    code: 'agent_asks',
    subject: subjectOf(question),
    question,
    text: [`The agent asks: ${question.title}`, ...question.options.map((name, place) => `${place + 1}. ${name}`)].join(
      '\n',
    ),
  });
}

/** What a person answered to the agent's questions, the oldest first. */
export const agentAnswers = ({ questions }: GoalState): readonly AnsweredQuestion[] =>
  questions.flatMap(({ question, answer }) =>
    question.code === 'agent_asks' && answer !== null
      ? [
          {
            ...question.question,
            chosen: answer.kind === 'choice' ? answer.option : null,
            ...(answer.kind === 'text' ? { text: answer.text } : {}),
          },
        ]
      : [],
  );

/** The same as words for the agent; empty when it asked nothing. */
export function toldAnswers(state: GoalState): string {
  const lines = state.questions.flatMap(({ question, answer }) => {
    if (question.code !== 'agent_asks' || answer === null) return [];
    const chosen = answer.kind === 'text' ? answer.text : optionOf(question.question, answer);
    const note = answer.kind === 'reject' && answer.note !== '' ? `: ${answer.note}` : '';
    return [`- You asked: ${question.question.title}\n  Answer: ${chosen ?? `none of these${note}`}`];
  });
  return lines.length === 0 ? '' : `# Your questions, answered by a person\n${lines.join('\n')}`;
}

const optionOf = ({ options }: AgentQuestion, answer: Answer): string | undefined =>
  answer.kind === 'choice' ? options[answer.option] : undefined;
