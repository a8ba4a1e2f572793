import type { AnswerForm, NarrativeLine, NextStep } from '../../../app/narrative/line.ts';
import type { Question } from '../../../domain/evidence/question.ts';
import type { GoalId } from '../../../domain/ids.ts';
import { nameGoal } from './name-goal.ts';

interface How {
  readonly goal: GoalId;
  readonly question: Question | undefined;
  readonly brief: boolean | undefined;
}

/** What to do first, and what else there is, a line each; on one more line where it has to be brief. */
export function nextLines(
  { steps }: Extract<NarrativeLine, { kind: 'next' }>,
  { goal, question, brief }: How,
): readonly string[] {
  const [first, ...rest] = steps;
  if (!first) return [];
  const others = rest
    .filter(({ does }) => !(brief && does === 'verify'))
    .flatMap((step) => (isPlain(step) ? [`${WHY[step.does]}: ${COMMANDS[step.does](goal)}`] : []));
  return [
    `  next     ${firstText(first, goal, question)}`,
    ...(brief && others.length > 0 ? [others.join('; ')] : others).map((line) => `           ${line}`),
  ];
}

type Plain = Exclude<NextStep, { does: 'answer' | 'mend' | 'as_told' }>;

const isPlain = (step: NextStep): step is Plain => Object.hasOwn(COMMANDS, step.does);

const COMMANDS: Readonly<Record<Plain['does'], (goal: GoalId) => string>> = {
  apply: (goal) => `omk goal apply ${goal}`,
  apply_not_ready: (goal) => `its work is kept: omk goal diff ${goal}, or omk goal apply ${goal} --not-ready`,
  verify: (goal) => `omk verify ${goal}`,
  look: (goal) => `omk goal diff ${goal}`,
  read_log: (goal) => `omk goal log ${goal}`,
  read_checks: (goal) => `omk goal diff --checks ${goal}`,
  resume: (goal) => `omk goal resume ${goal}`,
  watch: (goal) => `omk goal watch ${goal}`,
  judge_again: () => 'mend it, then omk judge',
};

/** What a step is for, where it is not the first. */
const WHY: Readonly<Record<Plain['does'], string>> = {
  apply: 'to apply it',
  apply_not_ready: 'to apply it anyway',
  verify: 'to check the proof',
  look: 'to look first',
  read_log: 'what the agent did',
  read_checks: 'to read the tests that were written first',
  resume: 'to go on',
  watch: 'to watch it',
  judge_again: 'to judge it again',
};

function firstText(step: NextStep, goal: GoalId, question: Question | undefined): string {
  switch (step.does) {
    case 'as_told':
      return step.text;
    case 'mend':
      return nameGoal(step.text, goal);
    case 'answer':
      return answerText(step, goal, question);
    default:
      return COMMANDS[step.does](goal);
  }
}

function answerText(
  { with: forms, gates }: Extract<NextStep, { does: 'answer' }>,
  goal: GoalId,
  question: Question | undefined,
): string {
  const then = `then omk goal resume ${goal}`;
  const accept = question?.code === 'no_criterion' ? '--accept when the existing gates are enough' : '--accept';
  const flags: Readonly<Record<AnswerForm, string>> = {
    check: '--check "<command that fails now and must pass>"',
    accept: question?.code === 'cannot_run' ? '--accept (work all the same)' : accept,
    reject: '--reject "<why>"',
    text: '--text "<answer>"',
    choose: '--choose <number>',
    known_red: `${gates.map((gate) => `--known-red ${gate}`).join(' ')} (may stay red)`,
  };
  const answer = `omk goal answer ${goal} ${forms.map((form) => flags[form]).join(', or ')}; ${then}`;
  switch (question?.code) {
    case 'no_criterion':
    case 'agent_asks':
      return answer;
    case 'cannot_run':
      return `mend it, ${then}; or ${answer}`;
    default:
      return `omk goal diff ${goal}; ${answer}`;
  }
}
