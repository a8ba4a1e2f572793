import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Beside the built program. */
const BUILT = fileURLToPath(new URL('reporters', import.meta.url));
const ECOSYSTEMS = fileURLToPath(new URL('../../../ecosystems', import.meta.url));

/** A file of an ecosystem that is put into gates, found by its name: in the built program, else in the sources. */
export function injectedFile(name: string): string {
  const built = join(BUILT, name);
  if (existsSync(built)) return built;
  const [found] = globSync([`*/${name}`, `*/*/${name}`], { cwd: ECOSYSTEMS });
  if (found === undefined) throw new Error(`${name} is not part of this installation`);
  return join(ECOSYSTEMS, found);
}
