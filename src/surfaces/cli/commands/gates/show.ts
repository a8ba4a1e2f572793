import { gatesOf, resolvePolicy } from '../../../../app/use/gates.ts';
import type { GateSpec } from '../../../../domain/gates/gate.ts';
import { openRepositoryWorld, type RepositoryWorld } from '../../../../app/repository-world.ts';
import { printJson, type Output } from '../../output/print.ts';
import { table } from '../../text/table.ts';
import { currentFolder, environment } from '../../../../app/here.ts';

export async function withGates(
  checks: readonly string[],
  work: (here: RepositoryWorld, gates: readonly GateSpec[]) => Promise<number>,
): Promise<number> {
  const here = await openRepositoryWorld(environment(), currentFolder());
  try {
    return await work(here, gatesOf(await resolvePolicy(here.world, here.vault, here.repository.pin.tree, checks)));
  } finally {
    await here.world.gates.clear();
    await here.world.store.close();
  }
}

export const origin = ({ source }: GateSpec): string => {
  if (source.kind === 'file') return source.path;
  return source.kind === 'check' ? '--check' : `detected: ${source.because}`;
};

export const NONE =
  'no gates: nothing here is known to omk as a project with tests; name the test command in .omk/gates.toml, which omk init writes, ' +
  'or with --check "<command>"';

export const list = (checks: readonly string[], output: Output): Promise<number> =>
  withGates(checks, async (_here, gates) => {
    if (output.json) printJson(output, gates);
    else if (gates.length === 0) output.err(NONE);
    else {
      const rows = gates.map((gate) => [
        gate.id,
        gate.required ? 'required' : 'optional',
        gate.reader,
        gate.argv.join(' '),
        origin(gate),
      ]);
      for (const line of table(['gate', '', 'reader', 'command', 'from'], rows, { columns: output.columns }))
        output.out(line);
    }
    return 0;
  });
