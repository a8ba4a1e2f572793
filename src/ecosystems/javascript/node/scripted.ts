import { isRecord } from '../../../domain/record.ts';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const STARTED = ['preinstall', 'install', 'postinstall'];

/** Names of the installed packages that a manager runs something for after it has unpacked them, sorted. */
export async function scriptedPackages(modules: string): Promise<readonly string[]> {
  const names = new Set<string>();
  const waiting = [modules];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop())
    for (const dir of await packagesIn(folder)) {
      const name = await scriptedName(dir);
      if (name !== null) names.add(name);
      waiting.push(join(dir, 'node_modules'));
    }
  return [...names].sort();
}

/** The folders of packages in one `node_modules`; links lead to packages of the tree, or to ones that are found elsewhere. */
async function packagesIn(modules: string): Promise<readonly string[]> {
  if (!existsSync(modules)) return [];
  const dirs: string[] = [];
  for (const entry of await readdir(modules, { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name === '.bin') continue;
    const dir = join(modules, entry.name);
    if (entry.name === '.pnpm') for (const each of await readdir(dir)) dirs.push(join(dir, each));
    else if (entry.name.startsWith('@')) dirs.push(...(await packagesIn(dir)));
    else dirs.push(dir);
  }
  return dirs;
}

async function scriptedName(dir: string): Promise<string | null> {
  const file = join(dir, 'package.json');
  if (!existsSync(file)) return null;
  try {
    const manifest: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (!isRecord(manifest) || typeof manifest['name'] !== 'string') return null;
    const { name, scripts } = manifest;
    const starts = isRecord(scripts) && STARTED.some((each) => typeof scripts[each] === 'string');
    return starts || existsSync(join(dir, 'binding.gyp')) ? name : null;
  } catch {
    return null;
  }
}
