import { OmkError } from '../../domain/error.ts';
import type { GoalEvent } from '../../domain/goal/event.ts';
import type { Answer, Question } from '../../domain/evidence/question.ts';
import { openQuestion, revocable, type GoalState } from '../../domain/goal/state.ts';
import type { GoalId } from '../../domain/ids.ts';
import { viewOfTask } from '../../domain/task/view.ts';
import { created } from '../context.ts';
import { maskText } from '../mask-text.ts';
import { Session } from '../session.ts';
import type { World } from '../world.ts';
import { noTask } from './kept.ts';
import { checkGates } from './resolve-policy.ts';

/**
 * Answers the open question of a goal, or takes back the rejection that was the last answer. `omk goal resume` goes on from there.
 * `task`: where several stand open, that of this one; null: the first.
 */
export async function answerGoal(
  world: World,
  goal: GoalId,
  given: Answer,
  task: string | null = null,
): Promise<GoalState> {
  const answer = await masked(world, given);
  const session = await Session.open(world, goal);
  const question = openIn(session, task) ?? (task === null ? revocable(session.state) : null);
  if (!question)
    throw new OmkError(
      'NO_OPEN_QUESTION',
      `${task === null ? `Goal '${goal}'` : `Task '${task}' of goal '${goal}'`} has no open question; it is ${session.state.status}`,
      ['blocked_on_human', 'paused'].includes(session.state.status)
        ? `omk goal resume ${goal} goes on with it`
        : `omk goal show ${goal}`,
    );
  if (!fits(question, answer)) throw new OmkError('ANSWER_MISMATCH', howAnswered(question), `omk goal show ${goal}`);
  if (
    answer.kind === 'choice' &&
    question.code === 'agent_asks' &&
    question.question.options[answer.option] === undefined
  )
    throw new OmkError(
      'ANSWER_MISMATCH',
      `This question has the answers 1 to ${question.question.options.length}`,
      `omk goal answer ${goal} --choose 1`,
    );
  if (question.code === 'cannot_run' && (answer.kind === 'reject' || answer.kind === 'checks'))
    throw new OmkError(
      'ANSWER_MISMATCH',
      'This question is answered with --known-red <gate>, or with --accept to let the agent work anyway; ' +
        'if you fixed the cause, no answer is needed',
      `omk goal resume ${goal}, once it is fixed`,
    );
  if (answer.kind === 'checks' && question.code !== 'no_criterion')
    throw new OmkError(
      'ANSWER_MISMATCH',
      'This question is answered with --accept or --reject',
      `omk goal answer ${goal} --accept`,
    );
  if (answer.kind === 'reject' && question.code === 'no_criterion')
    throw new OmkError(
      'ANSWER_MISMATCH',
      'This question is answered with --check "<command>", or --accept when the existing gates are enough',
      `omk goal answer ${goal} --check "<command>"`,
    );
  if (answer.kind === 'known_red') checkKnownRed(goal, question, answer.gates);
  if (answer.kind === 'accept' && question.code === 'no_criterion' && !hasRequiredGate(session.state))
    throw new OmkError(
      'ANSWER_MISMATCH',
      'No gate judges this repository, so there is nothing to accept: name a command that shows it',
      `omk goal answer ${goal} --check "<command that fails now and must pass>"; or omk init, commit .omk/gates.toml, and a new omk run`,
    );
  const events: GoalEvent[] = [{ type: 'question.answered', data: { question: question.id, answer } }];
  if (answer.kind === 'checks') events.push(await checksAdded(world, session, answer.checks));
  await session.append(...events);
  return session.state;
}

/** The open question about a task, or about whatever it is about. `OmkError` `TASK_NOT_FOUND`. */
function openIn({ state, goal }: Session, task: string | null): Question | null {
  if (task === null) return openQuestion(state);
  const tasks = (state.plan?.tasks ?? []).map(({ id }) => id);
  if (!tasks.includes(task)) throw noTask(goal, task, tasks);
  return openQuestion(viewOfTask(state, task));
}

async function masked(world: World, given: Answer): Promise<Answer> {
  if (given.kind === 'reject') return { ...given, note: await maskText(world, given.note) };
  return given.kind === 'text' ? { ...given, text: await maskText(world, given.text) } : given;
}

/** Whether a question of the agent is answered as one, and every other as none. */
function fits(question: Question, answer: Answer): boolean {
  if (question.code !== 'agent_asks') return answer.kind !== 'choice' && answer.kind !== 'text';
  const { wants } = question.question;
  if (answer.kind !== 'text') return answer.kind === 'reject' || (answer.kind === 'choice' && wants === undefined);
  if (wants === undefined || wants === 'text') return wants === 'text';
  const number = answer.text.trim() === '' ? Number.NaN : Number(answer.text);
  return wants === 'integer' ? Number.isSafeInteger(number) : Number.isFinite(number);
}

function howAnswered(question: Question): string {
  if (question.code !== 'agent_asks') return 'This question is none of the agent: --choose and --text do not answer it';
  const { wants } = question.question;
  if (wants === undefined)
    return 'This question is answered with --choose <number>, or --reject "<why>" for none of its answers';
  const what = { text: '"<answer>"', number: '<number>', integer: '<whole number>' }[wants];
  return `This question is answered with --text ${what}, or --reject "<why>"`;
}

function checkKnownRed(goal: GoalId, question: Question, gates: readonly string[]): void {
  const asked = question.code === 'cannot_run' ? question.gates : [];
  const other = gates.find((gate) => !asked.includes(gate));
  if (other !== undefined)
    throw new OmkError(
      'ANSWER_MISMATCH',
      asked.length === 0
        ? 'This question is not about gates that cannot pass'
        : `The question is not about gate '${other}', but about ${asked.join(', ')}`,
      `omk goal show ${goal}`,
    );
}

const hasRequiredGate = ({ policy }: GoalState): boolean => policy?.gates.some((gate) => gate.required) === true;

async function checksAdded(world: World, { state }: Session, checks: readonly string[]): Promise<GoalEvent> {
  const { repository } = created(state);
  const vault = await world.git.openVault(repository);
  return {
    type: 'checks.added',
    data: { gates: await checkGates(world, vault, repository.tree, checks, state.policy?.gates ?? []) },
  };
}
