import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alive } from './parts/alive.ts';
import { cache } from './parts/cache.ts';
import { coldStart } from './parts/cold-start.ts';
import { demo } from './parts/demo.ts';
import { fixedCost } from './parts/fixed-cost.ts';
import { goal } from './parts/goal.ts';
import { judge } from './parts/judge.ts';
import { layers } from './parts/layers.ts';
import { log } from './parts/log.ts';
import { manyTests } from './parts/many-tests.ts';
import { planned } from './parts/planned.ts';
import { merging } from './parts/merging.ts';
import type { Row } from './parts/row.ts';
import { replay } from './parts/replay.ts';
import { scheduling } from './parts/scheduling.ts';
import { tasks } from './parts/tasks.ts';
import { size } from './parts/size.ts';
import { table } from '../src/surfaces/cli/text/table.ts';

/**
 * Prints how omk compares, within one run on one machine, with what it cannot do without. Nothing here fails for
 * being slow. Arguments name parts.
 */
const PARTS = {
  'cold-start': coldStart,
  demo,
  'fixed-cost': fixedCost,
  goal,
  planned,
  judge,
  cache,
  size,
  layers,
  log,
  tasks,
  scheduling,
  merging,
  alive,
  'many-tests': manyTests,
  replay,
};
const HELP = `npm run bench -- [part ...]

Prints a table of ratios, all measured in this run. Without a part: all of them, which takes long.

parts: ${Object.keys(PARTS).join(' ')}

What each row means and its aim: bench/README.md. TMPDIR says where the repositories and states lie.`;

/** Parts by name, or what is wrong with the arguments. `--only` before a name is understood too. */
function asked(argv: readonly string[]): readonly string[] | { readonly wrong: string } {
  const names = argv.filter((word) => word !== '--only').map((word) => word.replace(/^--only=/, ''));
  const unknown = names.find((name) => !Object.hasOwn(PARTS, name));
  return unknown === undefined ? names : { wrong: unknown };
}

const argv = process.argv.slice(2);
if (argv.includes('--help') || argv.includes('-h')) {
  console.log(HELP);
  process.exit(0);
}
const wanted = asked(argv);
if ('wrong' in wanted) {
  console.error(`there is no part '${wanted.wrong}'; there are ${Object.keys(PARTS).join(', ')}`);
  process.exit(2);
}

const scratch = mkdtempSync(join(tmpdir(), 'omk-bench-'));
try {
  const rows: Row[] = [];
  for (const [name, part] of Object.entries(PARTS))
    if (wanted.length === 0 || wanted.includes(name)) rows.push(...(await part(scratch)));
  const lines = table(
    ['WHAT', 'MEASURED', 'AGAINST', 'FIGURE', 'AIM'],
    rows.map(({ what, measured, against, figure, aim }) => [what, measured, against, figure, aim]),
    { columns: null },
  );
  console.log(lines.join('\n'));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
