import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipAccess } from '../pip/access.ts';
import { testingParts } from '../pip/pyproject.ts';
import { finishVenv, makeVenv, REPRODUCIBLE, sourcePath, VENV_ENV } from '../pip/venv.ts';
import { userVariables } from '../network.ts';
import { hasFile, none, planned } from '../recipe.ts';

/** Poetry: what `poetry.lock` has for the project and its tests, as one virtual environment. */
export const planPoetry = planned({
  manager: 'poetry',
  folder: 'venv',
  place: 'own',
  decides: /^(?:pyproject\.toml|poetry\.lock|poetry\.toml|\.python-version)$|\.whl$/,
  tools: ['python3', 'poetry'],
  env: VENV_ENV,
  variables: async (files) => sourcePath(files),
  pathPrefix: ['$DIR/bin'],
  async absent(files) {
    return hasFile(files, 'poetry.lock') && !hasFile(files, 'uv.lock') && hasFile(files, 'pyproject.toml')
      ? null
      : none(null);
  },
  async begin(build, dir) {
    const made = await makeVenv(
      build,
      dir,
      /^name = "pytest"$/m.test(readFileSync(join(build.checkout, 'poetry.lock'), 'utf8')),
    );
    return made.kind === 'failed' ? made : null;
  },
  commands(build, dir) {
    const { extras } = testingParts(readFileSync(join(build.checkout, 'pyproject.toml'), 'utf8'));
    return [
      {
        said: 'poetry install',
        // Groups that are not optional come by themselves.
        argv: [
          'poetry',
          'install',
          '--no-root',
          '--no-interaction',
          '--no-ansi',
          ...extras.flatMap((name) => ['--extras', name]),
        ],
        env: {
          ...REPRODUCIBLE,
          VIRTUAL_ENV: dir,
          POETRY_CACHE_DIR: build.downloads,
          POETRY_VIRTUALENVS_CREATE: 'false',
          POETRY_KEYRING_ENABLED: 'false',
          // Everything but wheels runs its own code to be built.
          ...(build.trust === 'candidate' ? { POETRY_INSTALLER_ONLY_BINARY: ':all:' } : {}),
        },
      },
    ];
  },
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
    await finishVenv(build, dir);
    return { kind: 'done', nested: [] };
  },
});
