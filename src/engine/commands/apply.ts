import { OmkError } from '../../domain/error.ts';
import type { GoalId } from '../../domain/ids.ts';
import type { ApplyResult } from '../../world/git/port.ts';
import { created } from '../context.ts';
import { publish } from '../publish/publish.ts';
import { Session } from '../session.ts';
import type { World } from '../world.ts';

/** Puts a ready goal's result on a new branch of the user's repository, or merges it. */
export async function applyGoal(
  world: World,
  goal: GoalId,
  options: { readonly branch: string | null; readonly merge: boolean },
): Promise<ApplyResult> {
  const session = await Session.open(world, goal);
  const { state } = session;
  const { repository } = created(state);
  if (state.status !== 'ready' || !state.integrated)
    throw new OmkError(
      'NOT_READY',
      `Goal '${goal}' is ${state.status}: only a ready result is applied`,
      `omk goal show ${goal}`,
      { exit: 3 },
    );
  const vault = await world.git.openVault(repository);
  await publish({ world, session, vault });
  return world.git.apply({
    vault,
    root: repository.root,
    commit: state.integrated.commit,
    goalRef: state.integrated.ref,
    branch: options.branch ?? `omk/${goal}`,
    merge: options.merge,
    proofs: await vault.tip('refs/omk/proofs'),
  });
}
