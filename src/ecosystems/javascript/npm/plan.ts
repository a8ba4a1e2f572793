import { basename } from 'node:path';
import type { Json } from '../../../domain/canonical.ts';
import { runsOwnScripts } from '../node/own-scripts.ts';
import { meant } from '../node/manager.ts';
import type { Build, ManifestReader, Planner } from '../../../world/gates/layers/plan.ts';
import { hasFile } from '../../../world/gates/layers/recipe.ts';
import { installNpm, resolveNpm } from './install.ts';
import { readLock } from './lock.ts';
import { readManifest } from './manifest.ts';

const MANIFEST = /(?:^|\/)(?:package\.json|package-lock\.json|npm-shrinkwrap\.json|\.npmrc)$|^patches\/|\.tgz$/;

/** npm: everything a root lock file installs, as one `node_modules`. */
export const planNpm: Planner = async (files, tree) => {
  const here = await meant(files, 'npm');
  if (here === null) return { kind: 'none', why: null, declared: false };
  const manifest = readManifest(here.manifest);
  const declares = manifest.declares || manifest.workspaces;
  if (here.lock === null && !declares) return absent('package.json declares no dependencies');
  if (here.lock === null && hasFile(files, 'deno.lock')) return absent(DENO, true);
  if (files.entries.some(({ path }) => path.startsWith('node_modules/')))
    return absent('node_modules is part of the tree');
  if (here.lock !== null) {
    const lock = readLock((await files.text(here.lock)) ?? '');
    if (lock.kind === 'invalid') return { kind: 'failed', detail: `${here.lock} cannot be read: ${lock.detail}` };
    if (lock.kind === 'empty' && !manifest.declares) return absent(`${here.lock} has no dependencies`);
    if (lock.kind === 'empty')
      return {
        kind: 'failed',
        detail: `${here.lock} has no dependencies, but package.json declares some: run npm install and commit it`,
      };
  }
  const npmrc = (await files.text('.npmrc')) ?? '';
  // A script of the project, or a copied local package, may use any file of the tree.
  const whole = manifest.runs || npmrc.includes('install-links') || (await runsOwnScripts(files.base));
  return {
    kind: 'plan',
    manager: 'npm',
    folder: 'node_modules',
    place: 'tree',
    env: {},
    pathPrefix: [],
    tools: ['node', 'npm'],
    inputs: { manifests: await manifests(files), tree: whole ? tree : null },
    ...(here.lock === null ? { unlocked: { file: LOCK, resolve: (build: Build) => resolveNpm(build, npmrc) } } : {}),
    install: (build) => installNpm(build, { lock: here.lock ?? LOCK, npmrc }),
  };
};

const LOCK = 'package-lock.json';
const DENO =
  'the dependencies are locked by deno (deno.lock), which omk does not install: commit a package-lock.json too';

const absent = (why: string, declared = false): Awaited<ReturnType<Planner>> => ({ kind: 'none', why, declared });

async function manifests(files: ManifestReader): Promise<Json> {
  const listed = files.entries.filter(({ path }) => MANIFEST.test(path) && !path.includes('node_modules/'));
  return Promise.all(
    listed.map(async ({ path, id }) => {
      const text = basename(path) === 'package.json' ? await files.text(path) : null;
      return { path, content: text === null ? id : readManifest(text).deciding };
    }),
  );
}
