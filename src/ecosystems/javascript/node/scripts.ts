import { isRecord } from '../../../domain/record.ts';
import { existsSync, readdirSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { realPath } from '../../../world/sandbox/paths.ts';
import type { Access } from '../../../world/gates/layers/network.ts';
import type { Build } from '../../../world/gates/layers/plan.ts';
import { runStep } from '../../../world/gates/layers/step.ts';
import { scriptedPackages } from './scripted.ts';

/** What an installation starts by itself, in this order. `prepare` is for publishing, and left out. */
const LIFECYCLE = ['preinstall', 'install', 'postinstall'] as const;
/** The same, and what some managers start beside them. */
const STARTED = new Set<string>([...LIFECYCLE, 'prepare', 'prepublish', 'preprepare', 'postprepare']);

type Argv = readonly [string, ...string[]];

interface Manifest {
  readonly path: string;
  readonly text: string;
  readonly scripts: Readonly<Record<string, unknown>>;
}

/**
 * For the base only, and without credentials: first the scripts of packages, with the network that some of them need and
 * without those of the tree; then those of the tree, without network. What they cannot do is no failure, since gates may
 * not need it (a browser that cannot be downloaded): it is returned as a sentence, else null.
 */
export async function runScripts(build: Build, access: Access, packages: Argv | null): Promise<string | null> {
  const own = await ownManifests(build.checkout);
  const failed: string[] = [];
  if (packages !== null) {
    for (const { path, text, scripts } of own) await writeFile(path, withoutScripts(text, scripts));
    failed.push(...(await runOfPackages(build, access, packages)));
    for (const { path, text } of own) await writeFile(path, text);
  }
  failed.push(...(await runOfTree(build, access, own)));
  return failed.length === 0 ? null : failed.join('; ');
}

/** All at once; where one fails, which stops the others, one by one. */
async function runOfPackages(build: Build, access: Access, packages: Argv): Promise<readonly string[]> {
  const all = await runStep(build, packages.join(' '), packages, access);
  if (all.kind === 'done') return [];
  const names = await scriptedPackages(join(build.checkout, 'node_modules'));
  if (names.length === 0) return [all.detail];
  const failed: string[] = [];
  for (const name of names) {
    const ran = await runStep(build, `the script of package ${name}`, [...packages, name], access);
    if (ran.kind === 'failed') failed.push(ran.detail);
  }
  return failed;
}

async function runOfTree(build: Build, access: Access, own: readonly Manifest[]): Promise<readonly string[]> {
  const members = await memberFolders(build.checkout);
  for (const { path, scripts } of own.filter(({ path: at }) => members(dirname(at))))
    for (const name of LIFECYCLE.filter((each) => typeof scripts[each] === 'string')) {
      const folder = dirname(path).slice(build.checkout.length + 1);
      const argv: Argv = ['sh', '-c', 'cd "./$1" && exec npm run "$2"', 'sh', folder, name];
      const ran = await runStep(build, `npm run ${name}`, argv, { ...access, network: false });
      if (ran.kind === 'failed')
        return [`"${name}" of ${folder === '' ? '' : `${folder}/`}package.json failed without network`];
    }
  return [];
}

/** The manifests of the tree that have such scripts, the root's first. */
async function ownManifests(checkout: string): Promise<readonly Manifest[]> {
  const found: Manifest[] = [];
  const waiting = [''];
  for (let folder = waiting.shift(); folder !== undefined; folder = waiting.shift()) {
    for (const entry of await readdir(join(checkout, folder), { withFileTypes: true })) {
      if (entry.isDirectory() && entry.name !== 'node_modules' && entry.name !== '.git')
        waiting.push(join(folder, entry.name));
      else if (entry.isFile() && entry.name === 'package.json') {
        const manifest = await readOwn(join(checkout, folder, entry.name));
        if (manifest !== null) found.push(manifest);
      }
    }
  }
  return found;
}

/**
 * The root, and packages of a workspace: those that are linked, or have packages of their own. What else lies in
 * the tree was not installed.
 */
async function memberFolders(checkout: string): Promise<(folder: string) => boolean> {
  const modules = join(checkout, 'node_modules');
  const names = existsSync(modules) ? await readdir(modules) : [];
  const all = names.flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(modules, name)).map((each) => join(name, each)) : [name],
  );
  const linked = new Set(all.map((name) => realPath(join(modules, name))));
  return (folder) => folder === checkout || linked.has(realPath(folder)) || existsSync(join(folder, 'node_modules'));
}

async function readOwn(path: string): Promise<Manifest | null> {
  const text = await readFile(path, 'utf8');
  const scripts = scriptsIn(text);
  return scripts !== null && Object.keys(scripts).some((name) => STARTED.has(name)) ? { path, text, scripts } : null;
}

function scriptsIn(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) && isRecord(value['scripts']) ? value['scripts'] : null;
  } catch {
    return null;
  }
}

const withoutScripts = (text: string, scripts: Manifest['scripts']): string =>
  JSON.stringify({
    ...(JSON.parse(text) as object),
    scripts: Object.fromEntries(Object.entries(scripts).filter(([name]) => !STARTED.has(name))),
  });
