import type { Snapshot } from '../../domain/git/snapshot.ts';
import { hasManyTasks, type AttemptState } from '../../domain/goal/state.ts';
import { proposalFileOf } from '../../domain/task/proposal.ts';
import type { Context } from '../context.ts';
import { replaceCandidate, type Replacing } from './replace-candidate.ts';

/** More is no proposal: it is refused, and need not be kept. */
const MOST_BYTES = 64 * 1024;

interface Proposing {
  readonly world: Replacing['world'] & { readonly store: Pick<Context['world']['store'], 'putBlob'> };
  readonly session: Pick<Context['session'], 'goal' | 'state'>;
  readonly vault: Replacing['vault'] & Pick<Context['vault'], 'readFile' | 'overlay'>;
}

/** A snapshot without the file in which an agent without tools proposes a task, and with what it proposes. */
export async function withoutProposal(
  { world, session, vault }: Proposing,
  { role, turns }: Pick<AttemptState, 'role' | 'turns'>,
  snapshot: Snapshot,
): Promise<Snapshot> {
  if (role !== undefined || !hasManyTasks(session.state)) return snapshot;
  const { candidate } = snapshot;
  const path = proposalFileOf(session.goal);
  const file = await vault.readFile(candidate, path);
  if (file === null) return snapshot;
  const tree = await vault.overlay(candidate, candidate, [{ path, action: 'remove' }], new Map());
  const kept = await replaceCandidate({ world, vault }, snapshot, tree, {
    refs: 'unproposed',
    message: 'Without the task that the agent proposes',
  });
  const proposal = await world.store.putBlob(file.content.subarray(0, MOST_BYTES));
  // The file lies there in later turns too.
  const isKnown = turns.some((turn) => turn.snapshot?.proposal?.sha256 === proposal.sha256);
  return isKnown ? kept : { ...kept, proposal };
}
