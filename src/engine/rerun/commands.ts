import { capturesWanted } from '../../domain/commands/captures.ts';
import type { CommandRun } from '../../domain/plan/command.ts';
import { noiseWanted, timingsWanted } from '../../domain/commands/timings.ts';
import type { GoalState } from '../../domain/goal/state.ts';
import type { TreeId } from '../../domain/ids.ts';
import type { Judging } from '../context.ts';
import { observe } from '../perform/observe.ts';

/** Runs what was compared and timed again: on the base, and on the candidate. One after the other, as time counts. */
export async function observeAgain(judging: Judging, candidate: TreeId): Promise<void> {
  for (let run = nextOf(judging.session.state, candidate); run; run = nextOf(judging.session.state, candidate))
    await observe(judging, run);
}

function nextOf(state: GoalState, candidate: TreeId): CommandRun | null {
  const base = state.created?.repository.tree ?? '';
  const [captured] = [...capturesWanted(state, base, null), ...capturesWanted(state, candidate, null)];
  return captured ?? noiseWanted(state) ?? timingsWanted(state, candidate)[0] ?? null;
}
