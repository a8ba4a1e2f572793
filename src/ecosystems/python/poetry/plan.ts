import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipAccess } from '../pip/access.ts';
import { isPoetry, optionalTestingGroups, testingParts } from '../pip/pyproject.ts';
import { finishVenv, makeVenv, REPRODUCIBLE, sourcePath, VENV_ENV, VENV_OFFLINE } from '../pip/venv.ts';
import { ownInputs } from '../project/attach.ts';
import { userVariables } from '../../../world/gates/layers/network.ts';
import type { Build } from '../../../world/gates/layers/plan.ts';
import { hasFile, none, planned } from '../../../world/gates/layers/recipe.ts';
import { installPinned } from './locked.ts';

/** Poetry: what `poetry.lock` has for the project and its tests, as one virtual environment. */
export const planPoetry = planned({
  manager: 'poetry',
  folder: 'venv',
  place: 'own',
  decides: /^(?:pyproject\.toml|poetry\.lock|poetry\.toml|\.python-version)$|\.whl$/,
  tools: ['python3'],
  env: VENV_ENV,
  offline: VENV_OFFLINE,
  after: ownInputs,
  variables: async (files) => sourcePath(files),
  pathPrefix: ['$DIR/bin'],
  async absent(files) {
    if (hasFile(files, 'uv.lock') || !hasFile(files, 'pyproject.toml')) return none(null);
    const isLocked = hasFile(files, 'poetry.lock') || files.remade?.path === 'poetry.lock';
    return isLocked || isPoetry((await files.text('pyproject.toml')) ?? '') ? null : none(null);
  },
  async begin(build, dir) {
    const lock = readFileSync(join(build.checkout, 'poetry.lock'), 'utf8');
    const made = await makeVenv(build, dir, /^name = "pytest"$/m.test(lock));
    return made.kind === 'failed' ? made : null;
  },
  async unlocked(files) {
    const command = (build: Build) => ({
      said: 'poetry lock',
      argv: ['poetry', 'lock', '--no-interaction', '--no-ansi'] as const,
      env: environment(build, null),
    });
    return hasFile(files, 'poetry.lock') ? null : { file: 'poetry.lock', command };
  },
  commands(build, dir) {
    const text = readFileSync(join(build.checkout, 'pyproject.toml'), 'utf8');
    const groups = optionalTestingGroups(text).flatMap((name) => ['--with', name]);
    const extras = testingParts(text).extras.flatMap((name) => ['--extras', name]);
    // Groups that are not optional come by themselves.
    const argv = ['poetry', 'install', '--no-root', '--no-interaction', '--no-ansi', ...groups, ...extras] as const;
    return [{ said: 'poetry install', argv, env: environment(build, dir) }];
  },
  instead: installPinned,
  access(build, trust) {
    const own = userVariables(
      build.env,
      trust,
      /^POETRY_REPOSITORIES_\w+_URL$/,
      /^POETRY_(?:HTTP_BASIC|PYPI_TOKEN)_\w+$/,
    );
    const pip = pipAccess(build.env, trust);
    return {
      env: { ...pip.env, ...own.env },
      files: [...new Set([...own.files, ...pip.files])],
      secrets: [...own.secrets, ...pip.secrets],
    };
  },
  async finish(build, dir) {
    const finished = await finishVenv(build, dir);
    return finished.kind === 'failed' ? finished : { kind: 'done', nested: [] };
  },
});

const environment = (build: Build, venv: string | null): Readonly<Record<string, string>> => ({
  ...REPRODUCIBLE,
  ...(venv === null ? {} : { VIRTUAL_ENV: venv }),
  POETRY_CACHE_DIR: build.downloads,
  POETRY_VIRTUALENVS_CREATE: 'false',
  POETRY_KEYRING_ENABLED: 'false',
  // Everything but wheels runs its own code to be built.
  ...(build.trust === 'candidate' ? { POETRY_INSTALLER_ONLY_BINARY: ':all:' } : {}),
});
