import type { GivenPlan } from '../../../app/use/create.ts';
import { OmkError } from '../../../domain/error.ts';
import { readPlan } from '../../../app/plan/read.ts';
import { eachPlan, isGlob, linesIn, readLines, storiesPlan } from '../../../app/plan/strategies.ts';
import type { RepositoryWorld } from '../../../app/repository-world.ts';
import type { Output } from '../output/print.ts';
import type { RunFlags } from './run-flags.ts';
import { standardInput } from './standard-input.ts';

/** The plan of a file, before anything is opened. */
export async function readBefore(flags: RunFlags, output: Output): Promise<GivenPlan | null> {
  if (flags.plan !== undefined) return readPlan(flags.plan);
  if (flags.stories === undefined) return null;
  const plan = await storiesPlan(flags.stories, flags.parallel !== undefined);
  if (plan.passing > 0 && !output.json)
    output.err(`note: ${plan.passing} of the stories left out: the file says that they pass`);
  return plan;
}

export async function planEach(prompt: string, from: string, opened: RepositoryWorld): Promise<GivenPlan> {
  const lines = async () => (from === '-' ? linesIn(await standardInput(), 'standard input') : readLines(from));
  return eachPlan(prompt, from, isGlob(from) ? null : await lines(), opened);
}

/** A goal has one plan. */
export function oneStrategy(flags: RunFlags): void {
  const [first, second] = (['plan', 'each', 'stories'] as const).filter((name) => flags[name] !== undefined);
  if (second !== undefined)
    throw new OmkError('FLAG_INVALID', `--${first} and --${second} both make the plan`, 'leave one of them out');
  if (flags.parallel !== undefined && (first === undefined || first === 'plan'))
    throw new OmkError('FLAG_INVALID', '--parallel needs --each or --stories', '--max-agents for a plan of your own');
}
