import type { Delivery } from '../../domain/delivery/delivery.ts';
import { OmkError } from '../../domain/error.ts';
import type { GoalState } from '../../domain/goal/state.ts';
import type { CommitId, GoalId, TreeId } from '../../domain/ids.ts';
import type { Vault } from '../../world/git/port.ts';
import { created, type Created } from '../context.ts';
import { endOf } from '../publish/publish.ts';
import { Session } from '../session.ts';
import type { World } from '../world.ts';

/** A commit whose tree was judged, and the goal that has the proof of it. */
export interface Judged {
  readonly commit: CommitId;
  readonly tree: TreeId;
  readonly goal: GoalId;
}

/** What may be delivered: the result of a ready goal whose proof verifies now. */
export interface Result extends Judged {
  readonly created: Created;
}

/** `OmkError` `NOT_READY`, `PROOF_NOT_VERIFIED`: what is not proven leaves this machine only by `omk goal apply`. */
export async function provenResult(world: World, session: Session, vault: Vault): Promise<Result> {
  const own = await verified(world, session, vault);
  return deliveredResult(world, { ...own, created: created(session.state) }, session.state.delivery.pushed, vault);
}

/** What was pushed of a result: the result itself, or that together with what its base had then. */
export async function deliveredResult(
  world: World,
  own: Result,
  pushed: Delivery['pushed'],
  vault: Vault,
): Promise<Result> {
  const { created: made } = own;
  if (pushed?.judged === undefined) return own;
  const again = await Session.open(world, pushed.judged);
  // Removed meanwhile: it can be judged again.
  if (!again.state.created) return own;
  const merged = await verified(world, again, vault);
  return merged.commit === pushed.commit ? { ...merged, created: made } : own;
}

/** The result of one goal, when its proof verifies. */
export async function verified(world: World, session: Session, vault: Vault): Promise<Judged> {
  const { state, goal, lines } = session;
  const result = resultOf(state);
  if (state.status !== 'ready' || result === null)
    throw new OmkError(
      'NOT_READY',
      state.status === 'ready'
        ? `Goal '${goal}' is ready, but what it judged is in no commit`
        : `Goal '${goal}' is ${state.status}: only a ready result is delivered`,
      state.status === 'ready' ? 'commit it, then omk judge' : `omk goal show ${goal}`,
      { exit: 3 },
    );
  const end = endOf(lines, state);
  const refusal =
    end === null ? 'it has no end' : await world.proofs.refusal(await world.proofs.build(end, world.store), end, vault);
  if (refusal === null) return { ...result, goal };
  throw new OmkError(
    'PROOF_NOT_VERIFIED',
    `The proof of goal '${goal}' does not verify: ${refusal}`,
    `omk verify ${goal}`,
    { exit: 3 },
  );
}

/** The commit that a goal integrated, or that it was given. */
function resultOf({ integrated, created: made }: GoalState): Omit<Judged, 'goal'> | null {
  if (integrated) return { commit: integrated.commit, tree: integrated.tree };
  const { given } = made ?? {};
  return given && given.commit !== null ? { commit: given.commit, tree: given.snapshot.candidate } : null;
}
