import { isTerminal } from '../../domain/goal/status.ts';
import { projectGoal } from '../../store/projections/project.ts';
import type { LogLine } from '../../store/port.ts';
import type { Context } from '../context.ts';

/** A turn that was under way at a cancel ends after it; the proof is of the log as it ended. */
const untilTheEnd = (lines: readonly LogLine[]): readonly LogLine[] =>
  lines.slice(
    0,
    lines.findLastIndex(({ event }) => event.type === 'goal.ended' || event.type === 'goal.cancelled') + 1,
  );

/** Writes the goal's folder, and for a terminal status the signed proof, there and on `refs/omk/proofs` of the vault. */
export async function publish({ world, session, vault }: Pick<Context, 'world' | 'session' | 'vault'>): Promise<void> {
  const { lines, state, goal } = session;
  const files = new Map(await projectGoal(lines, (sha256) => world.store.getBlob(sha256)));
  const writes: Promise<unknown>[] = [];
  // A goal that got more budget has no end until it is resumed.
  if (isTerminal(state.status) && (state.ended !== null || state.status === 'cancelled')) {
    const bundle = await world.proofs.build({ lines: untilTheEnd(lines), state, store: world.store, vault });
    for (const [name, content] of bundle) files.set(`proof/${name}`, content);
    const index = bundle.get('proof.json');
    if (index) files.set('proof.json', index);
    const commit = vault.commitFiles({
      ref: 'refs/omk/proofs',
      folder: goal,
      files: bundle,
      message: `Proof of ${goal}: ${state.status}`,
      at: Math.floor(world.clock.now() / 1000),
    });
    writes.push(commit);
  }
  await Promise.all([...writes, world.files.writeGoalFolder(goal, files)]);
}
