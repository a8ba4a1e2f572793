import { OmkError } from '../../domain/error.ts';
import type { RemoteRepository, Vault } from '../../world/git/port.ts';
import { makeProof } from '../commands/make-proof.ts';
import type { Session } from '../session.ts';
import type { World } from '../world.ts';
import type { OpenPrOptions, ProofSent } from './options.ts';
import type { Judged } from './result.ts';

const PROOFS = 'refs/omk/proofs';

interface Sending {
  readonly world: World;
  readonly session: Pick<Session, 'goal'>;
  readonly vault: Pick<Vault, 'tip'>;
  readonly remote: RemoteRepository;
  readonly options: Pick<OpenPrOptions, 'proof'>;
  readonly judged: Judged;
}

/** The proof of what is delivered, where CI and reviewers find it. A remote that does not take it is no failure of the delivery. */
export async function sendProof({ world, session, vault, remote, options, judged }: Sending): Promise<ProofSent> {
  if (!options.proof) return { kind: 'kept' };
  const goals = [...new Set([session.goal, judged.goal])];
  for (const goal of goals) await makeProof(world, goal);
  const from = await vault.tip(PROOFS);
  if (from === null) return { kind: 'refused', why: `omk has no ${PROOFS} of this repository` };
  try {
    const kind = await remote.pushProofs({ from, goals, at: Math.floor(world.clock.now() / 1000) });
    return kind === 'busy' ? { kind: 'refused', why: 'others kept adding proofs at the same time' } : { kind };
  } catch (error) {
    if (error instanceof OmkError && error.code === 'PUSH_REFUSED') return { kind: 'refused', why: error.message };
    throw error;
  }
}
