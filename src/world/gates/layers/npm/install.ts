import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Build, Failed, Step } from '../plan.ts';
import { runStep } from '../step.ts';
import { npmAccess } from './access.ts';
import { harmlessNpmrc } from './config.ts';

/** Tools write into these although the layer is read-only; a gate gets its own folders over them. */
const SCRATCH = ['.cache', '.vite', '.vite-temp'];

/**
 * Installs with scripts off, with the user's credentials for the base. Then, for the base only and without
 * credentials, runs the scripts of packages and of the project.
 */
export async function installNpm(
  build: Build,
  project: { readonly scripts: boolean; readonly npmrc: string },
): Promise<{ readonly kind: 'done'; readonly nested: readonly string[] } | Failed> {
  if (build.trust === 'candidate' && project.npmrc !== '') await writeFile(join(build.checkout, '.npmrc'), harmlessNpmrc(project.npmrc));
  const installed = await npm(build, build.trust, project.npmrc, ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
  if (installed.kind === 'failed') return installed;
  if (build.trust === 'base') {
    // The project's own configuration may refer to credentials in variables that scripts do not get.
    if (project.npmrc !== '') await writeFile(join(build.checkout, '.npmrc'), harmlessNpmrc(project.npmrc));
    const ran = project.scripts ? await npm(build, 'candidate', '', ['rebuild', '--foreground-scripts']) : installed;
    if (ran.kind === 'failed') return ran;
  }
  const modules = join(build.out, 'node_modules');
  await mkdir(join(build.checkout, 'node_modules'), { recursive: true });
  await rename(join(build.checkout, 'node_modules'), modules);
  for (const name of SCRATCH) {
    await rm(join(modules, name), { recursive: true, force: true });
    await mkdir(join(modules, name));
  }
  return { kind: 'done', nested: await takeNested(build) };
}

/** Workspaces have a `node_modules` of their own for versions that differ from the root's. */
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

async function npm(build: Build, trust: Build['trust'], projectNpmrc: string, args: readonly string[]): Promise<Step> {
  const access = await npmAccess(build, trust, projectNpmrc);
  const userconfig = join(build.scratch, 'npmrc');
  await writeFile(userconfig, access.npmrc, { mode: 0o600 });
  return runStep(build, `npm ${args[0] ?? ''}`, ['npm', ...args], {
    env: {
      ...access.env,
      npm_config_userconfig: userconfig,
      npm_config_globalconfig: join(build.scratch, 'no-npmrc'),
      npm_config_cache: build.downloads,
      npm_config_update_notifier: 'false',
    },
    files: [...access.files, userconfig],
    secrets: access.secrets,
  });
}
