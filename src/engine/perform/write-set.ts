import { hasManyTasks, type AttemptState } from '../../domain/goal/state.ts';
import type { Snapshot } from '../../domain/git/snapshot.ts';
import { isWritable } from '../../domain/plan/safe-path.ts';
import { created, type Context } from '../context.ts';

const NAMED = 50;

/** A snapshot whose candidate changes nothing but what its task may write. The rest stays in the salvage, and is told. */
export async function withinWriteSet(
  { world, session, vault }: Pick<Context, 'world' | 'session' | 'vault'>,
  { task: id, base, role }: AttemptState,
  snapshot: Snapshot,
): Promise<Snapshot> {
  const { state } = session;
  const writes = state.plan?.tasks.find((task) => task.id === id)?.writes ?? [];
  if (role !== undefined || !hasManyTasks(state) || writes.length === 0) return snapshot;
  const start = base?.tree ?? created(state).repository.tree;
  const kept = new Set(snapshot.frozen ?? []);
  const outside = (await vault.diff(start, snapshot.candidate)).filter(
    ({ path }) => !kept.has(path) && !isWritable(writes, path),
  );
  if (outside.length === 0) return snapshot;
  const edits = outside.map(({ path, change }) => ({
    path,
    action: change === 'added' ? ('remove' as const) : ('restore' as const),
  }));
  const candidate = await vault.overlay(start, snapshot.candidate, edits, new Map());
  const parent = await vault.tip(snapshot.ref);
  if (parent === null) throw new TypeError(`no snapshot is kept by ${snapshot.ref}`);
  const ref = snapshot.ref.replace('/tasks/', '/bounded/');
  const at = Math.floor(world.clock.now() / 1000);
  await vault.commit({ tree: candidate, parent, message: 'What the task may write', ref, at });
  return { ...snapshot, candidate, outside: outside.slice(0, NAMED).map(({ path }) => path) };
}
