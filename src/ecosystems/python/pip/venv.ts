import { join } from 'node:path';
import { attachProject } from '../project/attach.ts';
import type { Build, ManifestReader, Step } from '../../../world/gates/layers/plan.ts';
import { relocate } from '../../../world/gates/layers/relocate.ts';
import { runStep } from '../../../world/gates/layers/step.ts';
import { pipAccess } from './access.ts';

/** Compiled files then carry a hash of their source instead of its time, so that a layer has the same content again. */
export const REPRODUCIBLE = { PYTHONHASHSEED: '0', SOURCE_DATE_EPOCH: '315532800' } as const;

/** What a gate needs to use a virtual environment. Compiled files would be written into the layer by whoever may. */
export const VENV_ENV = { VIRTUAL_ENV: '$DIR', PYTHONDONTWRITEBYTECODE: '1' } as const;

/** What `uv run`, `pdm run` and `poetry run` in a script need to use what is there. */
export const VENV_OFFLINE = {
  UV_OFFLINE: '1',
  UV_NO_SYNC: '1',
  UV_FROZEN: '1',
  UV_PROJECT_ENVIRONMENT: '$DIR',
  PDM_CHECK_UPDATE: 'false',
} as const;

/**
 * Makes an empty virtual environment. A pytest that is only installed on the machine must stay in reach, unless
 * the project brings its own.
 */
export function makeVenv(build: Build, dir: string, pytest: boolean): Promise<Step> {
  const argv = ['python3', '-m', 'venv', ...(pytest ? [] : ['--system-site-packages']), dir] as const;
  return runStep(build, 'python3 -m venv', [argv[0], ...argv.slice(1)], pipAccess(build.env, build.trust));
}

/** The last step: the project itself, and the place where the environment will be. */
export async function finishVenv(build: Build, dir: string): Promise<Step> {
  const attached = await attachProject(build, dir);
  if (attached.kind === 'failed') return attached;
  await relocate(dir, dir, join(build.final, 'venv'));
  return { kind: 'done' };
}

/** With the usual `src` folder a project is found also where it could not be installed. */
export const sourcePath = (files: ManifestReader): Readonly<Record<string, string>> => {
  const has = (pattern: RegExp): boolean => files.entries.some(({ path }) => pattern.test(path));
  return has(/^(?:pyproject\.toml|setup\.(?:py|cfg))$/) && has(/^src\/(?:[^/]+\/__init__|[^/]+)\.py$/)
    ? { PYTHONPATH: 'src' }
    : {};
};
