import { DISPUTES, readDisputes } from '../../domain/oracle/claimed.ts';
import type { Snapshot } from '../../domain/git/snapshot.ts';
import { acceptedChecks } from '../../domain/held-out/evidence.ts';
import type { Context } from '../context.ts';
import { replaceCandidate } from './replace-candidate.ts';

/** A snapshot without the file in which the worker says that checks are wrong, and with what it says. */
export async function withoutDisputes(
  { world, session, vault }: Pick<Context, 'world' | 'session' | 'vault'>,
  snapshot: Snapshot,
): Promise<Snapshot> {
  if (acceptedChecks(session.state) === null) return snapshot;
  const { candidate } = snapshot;
  const file = await vault.readFile(candidate, DISPUTES);
  if (file === null) return snapshot;
  const tree = await vault.overlay(candidate, candidate, [{ path: DISPUTES, action: 'remove' }], new Map());
  const kept = await replaceCandidate({ world, vault }, snapshot, tree, {
    refs: 'undisputed',
    message: 'Without what the worker says of checks',
  });
  const disputes = readDisputes(file.content.toString('utf8'));
  return disputes.length === 0 ? kept : { ...kept, disputes };
}
