import { forkGoal } from '../../../../app/use/fork.ts';
import { inspect } from 'node:util';
import { OmkError } from '../../../../domain/error.ts';
import { withGoalWorld } from '../../../../app/goal-world.ts';
import type { Output } from '../../output/print.ts';
import { workOn } from '../../work-on.ts';
import { chooseAgent } from '../choose-agent.ts';
import { created } from '../run.ts';

export interface ForkFlags {
  readonly at?: string;
  readonly task?: string;
  readonly agent?: string;
  readonly verbose?: true;
}

/** `omk goal fork`: a new goal from the work that another had, and a run of it. */
export async function fork(first: string, second: string, flags: ForkFlags, output: Output): Promise<number> {
  const at = { ...pointIn(flags.at), task: flags.task ?? null };
  const { name, words } = forked(first, second);
  return withGoalWorld(name, async (world, from) => {
    const verbose = flags.verbose === true;
    const agent = flags.agent === undefined ? null : await chooseAgent(world.agents, flags.agent);
    const differently = words.trim() === '' ? null : words.trim();
    const goal = await forkGoal(world, from, { at, agent, differently }, created(output, verbose));
    return workOn(world, goal, output, { verbose });
  });
}

/** A goal may be left out before what to do differently: no name of a goal has a space in it. */
export const forked = (first: string, second: string): { readonly name: string; readonly words: string } =>
  second === '' && /\s/.test(first.trim()) ? { name: 'latest', words: first } : { name: first, words: second };

/** `2.1` is a turn of an attempt, `120` an event. */
function pointIn(text: string | undefined) {
  if (text === undefined) return { kind: 'newest' } as const;
  const turn = /^([1-9]\d{0,5})\.([1-9]\d{0,5})$/.exec(text);
  if (turn) return { kind: 'turn', attempt: Number(turn[1]), turn: Number(turn[2]) } as const;
  if (/^\d{1,9}$/.test(text)) return { kind: 'event', seq: Number(text) } as const;
  throw new OmkError(
    'FLAG_INVALID',
    `--at must be a turn or the number of an event, not ${inspect(text)}`,
    '--at 2.1 for turn 1 of attempt 2, or --at 120 for what there was before event 120',
  );
}
