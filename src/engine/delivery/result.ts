import { OmkError } from '../../domain/error.ts';
import type { DataOf } from '../../domain/goal/state.ts';
import type { Vault } from '../../world/git/port.ts';
import { created, type Created } from '../context.ts';
import { endOf } from '../publish/publish.ts';
import type { Session } from '../session.ts';
import type { World } from '../world.ts';

/** What may be delivered: a ready goal's result, whose proof verifies now. */
export interface Result {
  readonly created: Created;
  readonly integrated: DataOf<'goal.integrated'>;
}

/** `OmkError` `NOT_READY`, `PROOF_NOT_VERIFIED`: what is not proven leaves this machine only by `omk goal apply`. */
export async function provenResult(world: World, session: Session, vault: Vault): Promise<Result> {
  const { state, goal, lines } = session;
  if (state.status !== 'ready' || state.integrated === null)
    throw new OmkError(
      'NOT_READY',
      `Goal '${goal}' is ${state.status}: only a ready result is delivered`,
      `omk goal show ${goal}`,
      {
        exit: 3,
      },
    );
  const end = endOf(lines, state);
  const refusal =
    end === null ? 'it has no end' : await world.proofs.refusal(await world.proofs.build(end, world.store), end, vault);
  if (refusal !== null)
    throw new OmkError(
      'PROOF_NOT_VERIFIED',
      `The proof of goal '${goal}' does not verify: ${refusal}`,
      `omk verify ${goal}`,
      {
        exit: 3,
      },
    );
  return { created: created(state), integrated: state.integrated };
}
