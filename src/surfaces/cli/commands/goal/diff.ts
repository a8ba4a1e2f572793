import { OmkError } from '../../../../domain/error.ts';
import { fold } from '../../../../domain/goal/evolve.ts';
import { currentSnapshot } from '../../../../domain/goal/state.ts';
import { clean } from '../../../../domain/text/clean.ts';
import { withGoal } from '../../goal-store.ts';
import { printJson, type Output } from '../../output/print.ts';
import { write } from '../../output/streams.ts';

export const diff = (name: string, stat: boolean, output: Output): Promise<number> =>
  withGoal(name, async (store, { goal }) => {
    const state = fold((await store.read(goal)).map((line) => line.event));
    const candidate = currentSnapshot(state)?.candidate;
    const examined = candidate === undefined ? undefined : state.examined.get(candidate);
    if (!examined)
      throw new OmkError('NO_CANDIDATE', `Goal '${goal}' has no candidate that was judged`, `omk goal status ${goal}`, {
        exit: 3,
      });
    const patch = Buffer.from((await store.getBlob(examined.patch.sha256)) ?? []);
    if (output.json) printJson(output, { goal, candidate, changes: examined.changes, patch: patch.toString('utf8') });
    else if (stat) for (const each of examined.changes) output.out(`${each.change.padEnd(8)}  ${clean(each.path)}`);
    else if (output.columns === null) write('stdout', patch);
    else output.out(clean(patch.toString('utf8')).trimEnd());
    return 0;
  });
