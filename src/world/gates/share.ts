import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of `share/reporters`, found above this module, whether it runs from `src` or bundled in `dist`. */
export function reporterFile(name: string): string {
  let dir = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const file = join(dir, 'share', 'reporters', name);
    if (existsSync(file)) return file;
    const parent = dirname(dir);
    if (parent === dir) throw new Error(`share/reporters/${name} is not part of this installation`);
    dir = parent;
  }
}
