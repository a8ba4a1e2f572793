import { OmkError } from '../../domain/error.ts';
import { viewOfAttempt } from '../../domain/task/view.ts';
import type { RepoPath } from '../../domain/ids.ts';
import { everyAttempt } from '../../domain/goal/state.ts';
import type { Layer } from '../../world/gates/port.ts';
import { withoutMarks } from './earlier-work.ts';
import { withinWriteSet } from './write-set.ts';
import { withoutProposal } from './proposal-file.ts';
import { withoutDisputes } from './disputes.ts';
import { freeze } from '../held-out/visible.ts';
import { created, layerFor, markerOf, suppliesFor, type Context } from '../context.ts';

const mountsOf = ({ mount, more = [] }: Layer): readonly RepoPath[] =>
  [mount, ...more.map((each) => each.mount)].filter((path) => path !== null);

/** The worktree's content into the vault, after every process of the attempt is dead (trust rule T11). */
export async function takeSnapshot(
  context: Pick<Context, 'world' | 'session' | 'vault'>,
  number: number,
  turn: number,
): Promise<void> {
  const { world, session, vault } = context;
  const attempt = everyAttempt(session.state).find((each) => each.attempt === number);
  if (!attempt) throw new OmkError('GOAL_EMPTY', 'There is no attempt to keep', 'omk goal list', { exit: 6 });
  await world.agents.endStrays(markerOf(session.goal, attempt.attempt));
  const { repository, title } = created(session.state);
  const base = attempt.base?.tree ?? repository.tree;
  const layer = await layerFor(context, base);
  const supplies = await suppliesFor(context);
  const taken = await vault.snapshot({
    worktree: attempt.worktree,
    base,
    ref: `refs/omk/goals/${session.goal}/tasks/${attempt.task}/${attempt.attempt}/${turn}`,
    layers: [...(layer.kind === 'layer' ? mountsOf(layer.layer) : []), ...(await supplies.unchanged(attempt.worktree))],
    ignores: await world.git.personalIgnores(vault.root),
    message: `${title}\n\nattempt ${attempt.attempt}, turn ${turn}`,
    at: Math.floor(world.clock.now() / 1000),
  });
  const view = viewOfAttempt(session.state, number);
  const handed = attempt.turns.find((each) => each.turn === turn)?.handed;
  const kept = await withoutProposal(context, attempt, await withoutDisputes(context, taken, handed));
  const frozen = await freeze(context, view, kept);
  const bounded = await withinWriteSet(context, view, attempt, frozen);
  const snapshot = await withoutMarks(vault, attempt.merged?.paths ?? [], bounded);
  await session.append({ type: 'snapshot.taken', data: { attempt: attempt.attempt, turn, snapshot } });
}
