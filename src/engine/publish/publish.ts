import type { GoalState } from '../../domain/goal/state.ts';
import { isTerminal } from '../../domain/status.ts';
import { projectGoal } from '../../store/projections/project.ts';
import type { LogLine } from '../../store/port.ts';
import type { Context } from '../context.ts';

type Doors = Pick<Context, 'world' | 'session' | 'vault'>;

/** The log up to its end, which is what a proof is of; null while there is none. A turn that was under way at a cancel ends after it. */
export function endOf(lines: readonly LogLine[], { status, ended }: GoalState): readonly LogLine[] | null {
  // A goal that got more budget has no end until it is resumed.
  if (!isTerminal(status) || (ended === null && status !== 'cancelled')) return null;
  const last = lines.findLastIndex(({ event }) => event.type === 'goal.ended' || event.type === 'goal.cancelled');
  return lines.slice(0, last + 1);
}

/**
 * Writes the goal's folder, and for a terminal status the signed proof, there and on `refs/omk/proofs` of the
 * vault. All of it follows from the log.
 */
export async function publish({ world, session, vault }: Doors): Promise<void> {
  const { lines, state, goal } = session;
  const files = new Map(await projectGoal(lines, (sha256) => world.store.getBlob(sha256)));
  const writes: Promise<unknown>[] = [];
  const end = endOf(lines, state);
  if (end !== null) {
    const bundle = await world.proofs.build(end, world.store);
    for (const [name, content] of bundle) files.set(`proof/${name}`, content);
    const index = bundle.get('proof.json');
    if (index) files.set('proof.json', index);
    const commit = vault.commitFiles({
      ref: 'refs/omk/proofs',
      folder: goal,
      files: bundle,
      message: `Proof of ${goal}: ${state.status}`,
      at: Math.floor(Date.parse(end.at(-1)?.event.ts ?? '') / 1000),
    });
    writes.push(commit);
  }
  const done = await Promise.allSettled([...writes, world.files.writeGoalFolder(goal, files)]);
  for (const one of done) if (one.status === 'rejected') throw one.reason;
}
