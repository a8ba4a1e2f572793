import { answerGoal } from '../../../../app/use/answer.ts';
import { OmkError } from '../../../../domain/error.ts';
import type { Answer } from '../../../../domain/evidence/question.ts';
import { withGoalWorld } from '../../../../app/goal-world.ts';
import { printJson, type Output } from '../../output/print.ts';

export interface AnswerFlags {
  readonly accept?: true;
  readonly reject?: string;
  readonly check?: readonly string[];
  readonly choose?: string;
  readonly text?: string;
  readonly knownRed?: readonly string[];
  readonly task?: string;
}

export const answer = (name: string, flags: AnswerFlags, output: Output): Promise<number> => {
  const given = answerFrom(flags);
  return withGoalWorld(name, async (world, goal) => {
    const state = await answerGoal(world, goal, given, flags.task ?? null);
    if (output.json) printJson(output, { goal, status: state.status, answer: given });
    else output.out(`answered; go on with: omk goal resume ${goal}`);
    return 0;
  });
};

function answerFrom({ accept, reject, check, choose, text, knownRed }: AnswerFlags): Answer {
  const given = [accept, reject, check, choose, text, knownRed].filter((each) => each !== undefined).length;
  if (given !== 1)
    throw new OmkError(
      'ANSWER_UNCLEAR',
      'Give exactly one of --accept, --reject "<why>", --check "<command>", --known-red <gate>, --choose <number> and --text "<answer>"',
      'omk goal answer --help',
    );
  if (choose !== undefined) return { kind: 'choice', option: numberOf(choose) - 1 };
  if (text !== undefined) return { kind: 'text', text };
  if (check !== undefined) return { kind: 'checks', checks: check };
  if (knownRed !== undefined) return { kind: 'known_red', gates: knownRed };
  return reject === undefined ? { kind: 'accept' } : { kind: 'reject', note: reject.trim() };
}

function numberOf(text: string): number {
  if (/^[1-9]\d{0,3}$/u.test(text)) return Number(text);
  throw new OmkError('ANSWER_UNCLEAR', `--choose takes the number of an answer, not '${text}'`, 'omk goal status');
}
