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
const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !(name in PARTS));
if (unknown !== undefined) throw new Error(`there is no part ${unknown}; there are ${Object.keys(PARTS).join(', ')}`);

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
