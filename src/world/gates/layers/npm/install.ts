import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { configure } from '../node/configure.ts';
import { takeModules } from '../node/modules.ts';
import type { Build, Installed, Step } from '../plan.ts';
import { runStep } from '../step.ts';
import { harmlessNpmrc } from './config.ts';

/**
 * Installs with scripts off, with the user's credentials for the base. Then, for the base only and without
 * credentials, runs the scripts of packages and of the project.
 */
export async function installNpm(
  build: Build,
  project: { readonly scripts: boolean; readonly npmrc: string },
): Promise<Installed> {
  if (build.trust === 'candidate' && project.npmrc !== '')
    await writeFile(join(build.checkout, '.npmrc'), harmlessNpmrc(project.npmrc));
  const installed = await npm(build, build.trust, project.npmrc, ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
  if (installed.kind === 'failed') return installed;
  if (build.trust === 'base') {
    // The project's own configuration may refer to credentials in variables that scripts do not get.
    if (project.npmrc !== '') await writeFile(join(build.checkout, '.npmrc'), harmlessNpmrc(project.npmrc));
    const ran = project.scripts ? await npm(build, 'candidate', '', ['rebuild', '--foreground-scripts']) : installed;
    if (ran.kind === 'failed') return ran;
  }
  return takeModules(build);
}

const npm = async (build: Build, trust: Build['trust'], projectNpmrc: string, args: readonly string[]): Promise<Step> =>
  runStep(build, `npm ${args[0] ?? ''}`, ['npm', ...args], await configure(build, trust, projectNpmrc));
