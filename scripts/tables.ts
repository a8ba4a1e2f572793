import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tables } from './ecosystems/tables.ts';

/** `npm run tables`: makes the tables beside the folders of ecosystems, which name what is in those. */
const root = join(import.meta.dirname, '..');
const made = tables(root);
for (const [path, text] of made) writeFileSync(join(root, path), text);
execFileSync(join(root, 'node_modules/.bin/oxfmt'), [...made.keys()], { cwd: root });
for (const path of made.keys()) console.log(path);
