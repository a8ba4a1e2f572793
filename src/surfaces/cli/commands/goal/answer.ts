import { OmkError } from '../../../../domain/error.ts';
import type { Answer } from '../../../../domain/goal/question.ts';
import { answerGoal } from '../../../../engine/commands/answer.ts';
import { withGoalWorld } from '../../goal-world.ts';
import { printJson, type Output } from '../../output/print.ts';

interface Flags {
  readonly accept?: true;
  readonly reject?: string;
  readonly check?: readonly string[];
}

export const answer = (name: string, flags: Flags, output: Output): Promise<number> => {
  const given = answerFrom(flags);
  return withGoalWorld(name, async (world, goal) => {
    const state = await answerGoal(world, goal, given);
    if (output.json) printJson(output, { goal, status: state.status, answer: given });
    else output.out(`answered; go on with: omk goal resume ${goal}`);
    return 0;
  });
};

function answerFrom({ accept, reject, check }: Flags): Answer {
  const given = [accept, reject, check].filter((each) => each !== undefined).length;
  if (given !== 1)
    throw new OmkError(
      'ANSWER_UNCLEAR',
      'Give exactly one of --accept, --reject "<why>" and --check "<command>"',
      'omk goal answer --help',
    );
  if (check !== undefined) return { kind: 'checks', checks: check };
  return reject === undefined ? { kind: 'accept' } : { kind: 'reject', note: reject.trim() };
}
