import { basename } from 'node:path';
import type { Json } from '../../../../domain/canonical.ts';
import type { ManifestReader, Planner } from '../plan.ts';
import { nodeManager } from '../node/manager.ts';
import { installNpm } from './install.ts';
import { readLock } from './lock.ts';
import { readManifest } from './manifest.ts';

const LOCKS = ['npm-shrinkwrap.json', 'package-lock.json'] as const;
const MANIFEST = /(?:^|\/)(?:package\.json|package-lock\.json|npm-shrinkwrap\.json|\.npmrc)$|^patches\/|\.tgz$/;

/** npm: everything a root lock file installs, as one `node_modules`. */
export const planNpm: Planner = async (files, tree) => {
  const has = (path: string): boolean => files.entries.some((entry) => entry.path === path);
  const manifestText = await files.text('package.json');
  if (manifestText === null) return { kind: 'none', why: null, declared: false };
  const manifest = readManifest(manifestText);
  const other =
    nodeManager(
      manifestText,
      files.entries.map(({ path }) => path),
    )?.manager ?? 'npm';
  if (other !== 'npm') return { kind: 'none', why: null, declared: false };
  const lockName = LOCKS.find(has);
  if (lockName === undefined) return withoutLock(manifest.declares || manifest.workspaces, has('deno.lock'));
  if (files.entries.some(({ path }) => path.startsWith('node_modules/'))) {
    return { kind: 'none', why: 'node_modules is part of the tree', declared: false };
  }
  const lock = readLock((await files.text(lockName)) ?? '');
  if (lock.kind === 'invalid') return { kind: 'failed', detail: `${lockName} cannot be read: ${lock.detail}` };
  if (lock.kind === 'empty') {
    if (!manifest.declares) return { kind: 'none', why: `${lockName} has no dependencies`, declared: false };
    return {
      kind: 'failed',
      detail: `${lockName} has no dependencies, but package.json declares some: run npm install and commit it`,
    };
  }
  const npmrc = (await files.text('.npmrc')) ?? '';
  // A script of the project, or a copied local package, may use any file of the tree.
  const whole = manifest.runs || npmrc.includes('install-links');
  return {
    kind: 'plan',
    manager: 'npm',
    folder: 'node_modules',
    place: 'tree',
    env: {},
    pathPrefix: [],
    tools: ['node', 'npm'],
    inputs: { manifests: await manifests(files), tree: whole ? tree : null },
    install: (build) => installNpm(build, { scripts: lock.scripts || manifest.runs, npmrc }),
  };
};

function withoutLock(declares: boolean, deno: boolean): Awaited<ReturnType<Planner>> {
  if (!declares) return { kind: 'none', why: 'package.json declares no dependencies', declared: false };
  const why = deno
    ? 'the dependencies are locked by deno (deno.lock), which omk does not install: commit a package-lock.json too'
    : 'package.json declares dependencies, but there is no lock file: run npm install --package-lock-only and commit package-lock.json';
  return { kind: 'none', why, declared: true };
}

async function manifests(files: ManifestReader): Promise<Json> {
  const listed = files.entries.filter(({ path }) => MANIFEST.test(path) && !path.includes('node_modules/'));
  return Promise.all(
    listed.map(async ({ path, id }) => {
      const text = basename(path) === 'package.json' ? await files.text(path) : null;
      return { path, content: text === null ? id : readManifest(text).deciding };
    }),
  );
}
