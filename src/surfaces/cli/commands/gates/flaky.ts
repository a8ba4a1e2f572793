import { systemClock } from '../../../../app/time.ts';
import { openStoreIfExists } from '../../../../app/use/flakes.ts';
import { flakesOf } from '../../../../domain/evidence/flakes.ts';
import { cleanLine } from '../../../../domain/text/clean.ts';
import { currentRepository } from '../../../../app/goal-store.ts';
import { printJson, type Output } from '../../output/print.ts';
import { stateDir } from '../../../../app/paths.ts';
import { table } from '../../text/table.ts';
import { environment } from '../../../../app/here.ts';

/** `omk gates flaky`: what failed in one run and passed in another of the same tree, over all goals of this repository. */
export async function flaky(output: Output): Promise<number> {
  const repository = await currentRepository();
  const flakes = flakesOf(await measurementsIn(repository));
  if (output.json) printJson(output, flakes);
  else if (flakes.length === 0) output.err('no flakes in the goals of this repository');
  else {
    const rows = flakes.map(({ gate, id, trees, runs, failed, goals, lastSeen }) => [
      gate,
      cleanLine(id),
      `${failed} of ${runs}`,
      `${trees}`,
      `${goals.length}`,
      lastSeen,
    ]);
    for (const line of table(['gate', 'test', 'failed', 'trees', 'goals', 'last seen'], rows, {
      columns: output.columns,
    }))
      output.out(line);
  }
  return 0;
}

async function measurementsIn(repository: string): Promise<Parameters<typeof flakesOf>[0]> {
  const store = await openStoreIfExists({ stateDir: stateDir(environment()), clock: systemClock });
  if (!store) return [];
  try {
    const goals = await store.list({ repository });
    const lines = await Promise.all(
      goals.map(async ({ goal }) => (await store.read(goal)).map(({ event }) => ({ goal, event }))),
    );
    return lines
      .flat()
      .flatMap(({ goal, event }) => (event.type === 'gate.measured' ? [{ goal, run: event.data }] : []));
  } finally {
    await store.close();
  }
}
