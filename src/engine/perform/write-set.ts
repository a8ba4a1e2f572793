import { hasManyTasks, type AttemptState, type GoalState } from '../../domain/goal/state.ts';
import type { Snapshot } from '../../domain/git/snapshot.ts';
import { pathsOf, visibleOf } from '../../domain/held-out/options.ts';
import { isWritable } from '../../domain/plan/safe-path.ts';
import { created, type Context } from '../context.ts';
import { replaceCandidate, type Replacing } from './replace-candidate.ts';

const NAMED = 50;

interface Bounding extends Replacing {
  readonly vault: Replacing['vault'] & Pick<Context['vault'], 'diff' | 'overlay'>;
}

/**
 * A snapshot whose candidate changes nothing but what its task may write. The rest stays in the salvage, and is told. `state`: the goal as
 * the task sees it, whose checks omk has put there itself.
 */
export async function withinWriteSet(
  { world, vault }: Bounding,
  state: GoalState,
  { task: id, base, role }: AttemptState,
  snapshot: Snapshot,
): Promise<Snapshot> {
  const writes = state.plan?.tasks.find((task) => task.id === id)?.writes ?? [];
  if (role !== undefined || !hasManyTasks(state) || writes.length === 0) return snapshot;
  const start = base?.tree ?? created(state).repository.tree;
  const given = new Set(pathsOf(visibleOf(state)));
  const outside = (await vault.diff(start, snapshot.candidate)).filter(
    ({ path }) => !given.has(path) && !isWritable(writes, path),
  );
  if (outside.length === 0) return snapshot;
  const edits = outside.map(({ path, change }) => ({
    path,
    action: change === 'added' ? ('remove' as const) : ('restore' as const),
  }));
  const tree = await vault.overlay(start, snapshot.candidate, edits, new Map());
  const bounded = await replaceCandidate({ world, vault }, snapshot, tree, {
    refs: 'bounded',
    message: 'What the task may write',
  });
  return { ...bounded, outside: outside.slice(0, NAMED).map(({ path }) => path) };
}
