import { DISPUTES, readDisputes } from '../../domain/oracle/claimed.ts';
import type { Snapshot } from '../../domain/git/snapshot.ts';
import { acceptedChecks } from '../../domain/held-out/evidence.ts';
import type { HandedIn } from '../../domain/roles/tools.ts';
import { handedIn } from '../roles/handed.ts';
import type { Context } from '../context.ts';
import { replaceCandidate } from './replace-candidate.ts';

/** A snapshot without the file in which the worker says that checks are wrong, and with what it says. */
export async function withoutDisputes(
  { world, session, vault }: Pick<Context, 'world' | 'session' | 'vault'>,
  snapshot: Snapshot,
  handed: readonly HandedIn[] | undefined,
): Promise<Snapshot> {
  if (acceptedChecks(session.state) === null) return snapshot;
  const called = await handedIn(world.store, handed, 'check_dispute');
  const told = called === null ? [] : readDisputes(Buffer.from(called).toString('utf8'));
  const { candidate } = snapshot;
  const file = await vault.readFile(candidate, DISPUTES);
  if (file === null) return told.length === 0 ? snapshot : { ...snapshot, disputes: told };
  const tree = await vault.overlay(candidate, candidate, [{ path: DISPUTES, action: 'remove' }], new Map());
  const kept = await replaceCandidate({ world, vault }, snapshot, tree, {
    refs: 'undisputed',
    message: 'Without what the worker says of checks',
  });
  const disputes = [...told, ...readDisputes(file.content.toString('utf8'))].slice(0, 20);
  return disputes.length === 0 ? kept : { ...kept, disputes };
}
