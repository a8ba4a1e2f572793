import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Build, Done } from '../../../world/gates/layers/plan.ts';
import { takeFetched } from './corepack.ts';

/** Tools write into these although the layer is read-only; a gate gets its own folders over them. */
const SCRATCH = ['.cache', '.vite', '.vite-temp'];

/** Moves every `node_modules` of the checkout into the layer. Workspaces have one of their own for versions that differ from the root's. */
export async function takeModules(build: Build): Promise<Done> {
  const modules = join(build.out, 'node_modules');
  await mkdir(join(build.checkout, 'node_modules'), { recursive: true });
  await rm(modules, { recursive: true, force: true });
  await rename(join(build.checkout, 'node_modules'), modules);
  await takeFetched(build, modules);
  for (const name of SCRATCH) {
    await rm(join(modules, name), { recursive: true, force: true });
    await mkdir(join(modules, name));
  }
  return { kind: 'done', nested: await takeNested(build) };
}

async function takeNested(build: Build): Promise<readonly string[]> {
  const nested: string[] = [];
  const waiting = [''];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const entry of await readdir(join(build.checkout, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (!entry.isDirectory()) continue;
      if (entry.name === 'node_modules') nested.push(path);
      else waiting.push(path);
    }
  }
  for (const path of nested) {
    await mkdir(join(build.out, 'nested', dirname(path)), { recursive: true });
    await rename(join(build.checkout, path), join(build.out, 'nested', path));
  }
  return nested.sort();
}
