import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { newEcosystem } from './new/ecosystem.ts';
import { newPreset } from './new/preset.ts';
import { newReader } from './new/reader.ts';
import { newSurface } from './new/surface.ts';
import type { Template } from './new/template.ts';
import { withLines } from './new/with-lines.ts';

/** `npm run new -- <kind> <name>`: the files of a new part, registered, with a first test that fails and says what is missing. */
const KINDS: Readonly<Record<string, (name: string, ecosystem: string) => Template>> = {
  ecosystem: newEcosystem,
  preset: newPreset,
  reader: newReader,
  surface: newSurface,
};

const root = join(import.meta.dirname, '..');
const [kind = '', name = '', ecosystem = ''] = process.argv.slice(2);
const make = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
if (!make || !/^[a-z][a-z0-9-]*$/.test(name)) {
  console.error(`npm run new -- ${Object.keys(KINDS).join('|')} <name in small letters, digits and hyphens>`);
  process.exit(2);
}
if (kind === 'reader' && !existsSync(join(root, 'src/ecosystems', ecosystem, 'runners.ts'))) {
  console.error('npm run new -- reader <name> <ecosystem>: a folder of src/ecosystems');
  process.exit(2);
}
const template = make(name, ecosystem);
const { files, next } = template;
const taken = [...files.keys()].find((path) => existsSync(join(root, path)));
if (taken !== undefined) {
  console.error(`${taken} is there already`);
  process.exit(2);
}
const edited = withLines(template, (path) => readFileSync(join(root, path), 'utf8'));
for (const [path, text] of [...files, ...edited]) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
execFileSync(join(root, 'node_modules/.bin/oxfmt'), [...files.keys(), ...edited.keys()], { cwd: root });
for (const path of files.keys()) console.log(`made     ${path}`);
for (const path of edited.keys()) console.log(`changed  ${path}`);
for (const step of next) console.log(`next     ${step}`);
