import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

/** Code of others that a package carries under its own licence, without their names. */
const CARRIED: Readonly<Record<string, readonly string[]>> = {
  '@vscode/tree-sitter-wasm': [
    'tree-sitter-c-sharp (MIT), Copyright (c) 2014-2023 Max Brunsfeld, Damien Guard, Amaan Qureshi, and contributors.',
    'tree-sitter-ruby (MIT), Copyright (c) 2016 Rob Rix',
  ],
};

/** The licences of every package whose code is inside the bundle, as their authors ask. */
export function notices(root: string, inputs: readonly string[]): Uint8Array {
  const folders = new Set(inputs.flatMap((input) => packageFolder(input)));
  const parts = [...folders].sort().map((folder) => notice(join(root, folder)));
  const head = 'The files in this folder contain code of the following packages.\n';
  return new TextEncoder().encode([head, ...parts].join(`\n${'-'.repeat(78)}\n\n`));
}

/** `node_modules/a/node_modules/@b/c/lib/d.js` gives `node_modules/a/node_modules/@b/c`. */
function packageFolder(input: string): readonly string[] {
  const found = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input);
  return found === null ? [] : [found[0]];
}

function notice(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
  const texts = files.sort().map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return [`${name} ${version} (${license})`, ...(CARRIED[name] ?? []), ...texts].join('\n\n') + '\n';
}
