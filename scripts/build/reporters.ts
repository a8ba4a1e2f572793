import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { injectedBy, READERS } from '../../src/world/gates/readers/all.ts';
import { injectedFile } from '../../src/world/gates/readers/injected.ts';

/** What readers put into gates: the program looks for it beside itself. */
export const reporters = (): ReadonlyMap<string, Uint8Array> =>
  new Map(READERS.flatMap(injectedBy).map(({ file }) => [join('reporters', file), readFileSync(injectedFile(file))]));
