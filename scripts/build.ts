import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundle } from './build/bundle.ts';
import { notices } from './build/notices.ts';
import { install } from './build/install.ts';
import { types } from './build/types.ts';

/**
 * Builds `dist/`: the program and the scripted agent with every library inside, so that the package has no
 * dependencies at run time. `--clean` also takes out what earlier builds left (used before packing); without it
 * chunks of the last hour stay, because programs that are running may still load them. `--into <folder>` builds there.
 */
const root = join(import.meta.dirname, '..');
const { values: flags } = parseArgs({
  options: { clean: { type: 'boolean', default: false }, into: { type: 'string' } },
});
const dist = flags.into === undefined ? join(root, 'dist') : resolve(flags.into);

const version = (text: string): string => {
  const found: unknown = (JSON.parse(text) as { version?: unknown }).version;
  if (typeof found !== 'string') throw new Error('package.json has no version');
  return found;
};

const { files, inputs, skipped } = await bundle(root, dist, version(readFileSync(join(root, 'package.json'), 'utf8')));
for (const entry of skipped) console.log(`skipped: ${entry} does not exist yet`);
files.set('THIRD-PARTY-NOTICES.txt', notices(root, inputs));
// They take longer than all the rest, and only who installs the package reads them.
if (flags.clean) for (const [name, content] of types(root)) files.set(name, content);
install(dist, files, { keepForMs: flags.clean ? 0 : 3_600_000 });

const bytes = [...files.values()].reduce((sum, content) => sum + content.length, 0);
console.log(`built dist: ${files.size} files, ${Math.round(bytes / 1024)} KiB`);
