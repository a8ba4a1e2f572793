import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { configure } from '../node/configure.ts';
import { takeModules } from '../node/modules.ts';
import { runScripts } from '../node/scripts.ts';
import type { Build, Installed, Step } from '../../../world/gates/layers/plan.ts';
import { runStep } from '../../../world/gates/layers/step.ts';
import { harmlessNpmrc } from './config.ts';
import { readLock } from './lock.ts';

/** Makes a package-lock.json, which a setting of the project may have turned off. */
export async function resolveNpm(build: Build, npmrc: string): Promise<Step> {
  if (build.trust === 'candidate' && npmrc !== '')
    await writeFile(join(build.checkout, '.npmrc'), harmlessNpmrc(npmrc));
  return npm(build, build.trust, npmrc, ['install', '--package-lock-only', ...QUIETLY, ...SOON]);
}

/** Without a network it gives up within seconds: there may be none, and gates that need nothing. */
const SOON = ['--fetch-retry-mintimeout=500', '--fetch-retry-maxtimeout=2000'];

/** `package-lock`: a project may have turned it off. */
const QUIETLY = ['--ignore-scripts', '--package-lock=true', '--no-audit', '--no-fund'];

/**
 * Installs with scripts off, with the user's credentials for the base. Then, for the base only and without
 * credentials, runs the scripts of packages, and without network those of the project.
 */
export async function installNpm(
  build: Build,
  project: { readonly lock: string; readonly npmrc: string },
): Promise<Installed> {
  if (build.trust === 'candidate' && project.npmrc !== '')
    await writeFile(join(build.checkout, '.npmrc'), harmlessNpmrc(project.npmrc));
  const installed = await npm(build, build.trust, project.npmrc, ['ci', ...QUIETLY]);
  if (installed.kind === 'failed') return installed;
  if (build.trust === 'base') {
    // The project's own configuration may refer to credentials in variables that scripts do not get.
    if (project.npmrc !== '') await writeFile(join(build.checkout, '.npmrc'), harmlessNpmrc(project.npmrc));
    const lock = readLock(await readFile(join(build.checkout, project.lock), 'utf8'));
    const packages =
      lock.kind === 'locked' && lock.scripts ? (['npm', 'rebuild', '--foreground-scripts'] as const) : null;
    const note = await runScripts(build, await configure(build, 'candidate', ''), packages);
    return { ...(await takeModules(build)), ...(note === null ? {} : { note }) };
  }
  return takeModules(build);
}

const npm = async (build: Build, trust: Build['trust'], projectNpmrc: string, args: readonly string[]): Promise<Step> =>
  runStep(build, `npm ${args[0] ?? ''}`, ['npm', ...args], await configure(build, trust, projectNpmrc));
