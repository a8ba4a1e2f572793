import { mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Puts files into `dist` so that a program started at any moment finds a whole build: chunks have their content's hash in
 * their names and come first, each file appears by a rename, and old chunks go last, when nobody needs them.
 */
export function install(
  dist: string,
  files: ReadonlyMap<string, Uint8Array>,
  options: { readonly keepForMs: number },
): void {
  mkdirSync(dist, { recursive: true });
  const chunksFirst = [...files].sort(([a], [b]) => Number(isEntry(a)) - Number(isEntry(b)));
  for (const [name, content] of chunksFirst) {
    const folder = join(dist, dirname(name));
    mkdirSync(folder, { recursive: true });
    const temporary = join(folder, `.${basename(name)}.${process.pid}`);
    writeFileSync(temporary, content);
    renameSync(temporary, join(dist, name));
  }
  const now = Date.now();
  const top = new Set([...files.keys()].map((name) => name.split('/')[0]));
  for (const name of readdirSync(dist)) {
    const path = join(dist, name);
    if (top.has(name)) utimesSync(path, now / 1000, now / 1000);
    else if (now - modified(path) >= options.keepForMs) rmSync(path, { recursive: true, force: true });
  }
}

const isEntry = (name: string): boolean => !name.startsWith('chunk-');

/** Another build may take a file away at the same moment. */
const modified = (path: string): number =>
  statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY;
