import { type AskedChange, type AskedWork, keptChange, requireChange } from '../../../../app/use/kept.ts';
import { fold } from '../../../../domain/transition/evolve.ts';
import { startOf } from '../../../../domain/task/kept.ts';
import { clean } from '../../../../domain/text/clean.ts';
import { openWorld } from '../../../../app/compose.ts';
import { withGoal } from '../../../../app/goal-store.ts';
import { printJson, type Output } from '../../output/print.ts';
import { write } from '../../output/streams.ts';
import { ofWork } from '../../text/kept.ts';
import { environment } from '../../../../app/here.ts';

export const diff = (
  name: string,
  { stat, ...asked }: AskedWork & { readonly stat: boolean },
  output: Output,
): Promise<number> =>
  withGoal(name, async (store, { goal }) => {
    const state = fold((await store.read(goal)).map((line) => line.event));
    const kept = requireChange(state, goal, asked);
    const { attempt, turn, judged } = kept;
    const { candidate } = kept.snapshot;
    // What is recorded of a candidate is its change against the base; a task is shown against what it started from.
    const isOfBase = startOf(state, attempt) === state.created?.repository.tree;
    const examined = isOfBase ? state.examined.get(candidate) : undefined;
    const { changes, patch } = examined
      ? { changes: examined.changes, patch: Buffer.from((await store.getBlob(examined.patch.sha256)) ?? []) }
      : await unexamined(state, kept);
    if (output.json)
      printJson(output, { goal, attempt, turn, judged, candidate, changes, patch: patch.toString('utf8') });
    else {
      if (judged !== 'ready') output.err(ofWork(kept, state));
      if (stat) for (const each of changes) output.out(`${each.change.padEnd(8)}  ${clean(each.path)}`);
      else if (output.columns === null) write('stdout', patch);
      else output.out(clean(patch.toString('utf8')).trimEnd());
    }
    return 0;
  });

async function unexamined(state: Parameters<typeof keptChange>[1], kept: AskedChange): ReturnType<typeof keptChange> {
  const world = await openWorld(environment());
  try {
    return await keptChange(world, state, kept);
  } finally {
    await world.store.close();
  }
}
