import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cache } from './parts/cache.ts';
import { coldStart } from './parts/cold-start.ts';
import { demo } from './parts/demo.ts';
import { goal } from './parts/goal.ts';
import { layers } from './parts/layers.ts';
import type { Row } from './parts/row.ts';
import { size } from './parts/size.ts';
import { table } from '../src/surfaces/cli/text/table.ts';

/** Prints how omk compares, within one run on one machine, with what it cannot do without. Nothing here fails for being slow. */
const scratch = mkdtempSync(join(tmpdir(), 'omk-bench-'));
try {
  const rows: Row[] = [];
  for (const part of [coldStart, demo, goal, cache, size, layers]) rows.push(...(await part(scratch)));
  const lines = table(
    ['WHAT', 'MEASURED', 'AGAINST', 'FIGURE', 'AIM'],
    rows.map(({ what, measured, against, figure, aim }) => [what, measured, against, figure, aim]),
    { columns: null },
  );
  console.log(lines.join('\n'));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
