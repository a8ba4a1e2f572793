import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tables } from './ecosystems/tables.ts';
import { asked } from './new/asked.ts';
import { withLines } from './new/with-lines.ts';

/** `npm run new -- <kind> <name>`: the files of a new part, registered, with a first test that fails and says what is missing. */
const root = join(import.meta.dirname, '..');
const found = asked(process.argv.slice(2), (path) => existsSync(join(root, path)));
if (found.kind !== 'make') {
  console[found.kind === 'help' ? 'log' : 'error'](found.text);
  process.exit(found.kind === 'help' ? 0 : 2);
}
const { files, next } = found.template;
const edited = withLines(found.template, (path) => readFileSync(join(root, path), 'utf8'));
for (const [path, text] of [...files, ...edited]) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
const made = files.keys().some((path) => path.startsWith('src/ecosystems/')) ? tables(root) : new Map<string, string>();
for (const [path, text] of made) writeFileSync(join(root, path), text);
execFileSync(join(root, 'node_modules/.bin/oxfmt'), [...files.keys(), ...edited.keys(), ...made.keys()], { cwd: root });
for (const path of files.keys()) console.log(`made     ${path}`);
for (const path of edited.keys()) console.log(`changed  ${path}`);
for (const step of next) console.log(`next     ${step}`);
