import { subjectOf, type AgentQuestion, type AnsweredQuestion } from '../agents/agent.ts';
import { ask } from './decide-record.ts';
import type { Intent } from './intent.ts';
import { answerTo, type AttemptState, type GoalState, type TurnState } from './state.ts';

export const isAnswered = (state: GoalState, question: AgentQuestion): boolean =>
  answerTo(state, 'agent_asks', subjectOf(question)) !== null;

/** A question of the agent becomes one of the goal. */
export const askFor = ({ attempt }: AttemptState, { turn }: TurnState, question: AgentQuestion): Intent =>
  ask({
    id: `q-agent-${attempt}-${turn}`,
    code: 'agent_asks',
    subject: subjectOf(question),
    question,
    text: [`The agent asks: ${question.title}`, ...question.options.map((name, index) => `${index + 1}. ${name}`)].join(
      '\n',
    ),
  });

/** What a person answered to the agent's questions, the oldest first. */
export const agentAnswers = ({ questions }: GoalState): readonly AnsweredQuestion[] =>
  questions.flatMap(({ question, answer }) =>
    question.code === 'agent_asks' && answer !== null
      ? [{ ...question.question, chosen: answer.kind === 'choice' ? answer.option : null }]
      : [],
  );

/** The same as words for the agent; empty when it asked nothing. */
export function toldAnswers(state: GoalState): string {
  const lines = state.questions.flatMap(({ question, answer }) => {
    if (question.code !== 'agent_asks' || answer === null) return [];
    const chosen = answer.kind === 'choice' ? question.question.options[answer.option] : undefined;
    const note = answer.kind === 'reject' && answer.note !== '' ? `: ${answer.note}` : '';
    return [`- You asked: ${question.question.title}\n  Answer: ${chosen ?? `none of these${note}`}`];
  });
  return lines.length === 0 ? '' : `# Your questions, answered by a person\n${lines.join('\n')}`;
}
