import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipAccess } from '../pip/access.ts';
import { testingParts } from '../pip/pyproject.ts';
import { finishVenv, makeVenv, REPRODUCIBLE, sourcePath, VENV_ENV, VENV_OFFLINE } from '../pip/venv.ts';
import { ownInputs } from '../project/attach.ts';
import { userVariables, type Access } from '../../../world/gates/layers/network.ts';
import type { Build, ManifestReader, Trust } from '../../../world/gates/layers/plan.ts';
import { hasFile, none, planned } from '../../../world/gates/layers/recipe.ts';

/** uv: what `uv.lock` has for the project and its tests, as one virtual environment. */
export const planUv = planned({
  manager: 'uv',
  folder: 'venv',
  place: 'own',
  decides: /(?:^|\/)(?:pyproject\.toml|uv\.lock|uv\.toml|\.python-version)$|\.whl$/,
  tools: ['python3', 'uv'],
  env: VENV_ENV,
  after: ownInputs,
  variables: async (files) => sourcePath(files),
  offline: VENV_OFFLINE,
  pathPrefix: ['$DIR/bin'],
  async absent(files) {
    const isLocked = hasFile(files, 'uv.lock') || isRemade(files);
    return isLocked && hasFile(files, 'pyproject.toml') ? null : none(null);
  },
  // uv is meant where there is a lock file of it: one is made only again.
  async unlocked(files) {
    const command = (build: Build) => ({
      said: 'uv lock',
      // Everything but wheels runs its own code to be looked at.
      argv: ['uv', 'lock', ...(build.trust === 'candidate' ? ['--no-build'] : [])] as const,
      env: { UV_CACHE_DIR: build.downloads, UV_PYTHON_DOWNLOADS: 'never' },
    });
    return isRemade(files) ? { file: 'uv.lock', command } : null;
  },
  async begin(build, dir) {
    const made = await makeVenv(
      build,
      dir,
      /^name = "pytest"$/m.test(readFileSync(join(build.checkout, 'uv.lock'), 'utf8')),
    );
    return made.kind === 'failed' ? made : null;
  },
  commands(build, dir) {
    const { groups, extras } = testingParts(readFileSync(join(build.checkout, 'pyproject.toml'), 'utf8'));
    const parts = [...groups.flatMap((name) => ['--group', name]), ...extras.flatMap((name) => ['--extra', name])];
    // Everything but wheels runs its own code to be built.
    const wheels = build.trust === 'candidate' ? ['--no-build'] : [];
    return [
      {
        said: 'uv sync',
        argv: ['uv', 'sync', '--frozen', '--no-install-workspace', '--inexact', ...parts, ...wheels],
        env: {
          ...REPRODUCIBLE,
          UV_PROJECT_ENVIRONMENT: dir,
          UV_CACHE_DIR: build.downloads,
          UV_LINK_MODE: 'copy',
          UV_PYTHON: join(dir, 'bin', 'python'),
          UV_PYTHON_DOWNLOADS: 'never',
        },
      },
    ];
  },
  access: uvAccess,
  async finish(build, dir) {
    const finished = await finishVenv(build, dir);
    return finished.kind === 'failed' ? finished : { kind: 'done', nested: [] };
  },
});

const isRemade = ({ remade }: ManifestReader): boolean => remade?.path === 'uv.lock';

const PLAIN =
  /^UV_(?:DEFAULT_INDEX|INDEX|INDEX_URL|EXTRA_INDEX_URL|FIND_LINKS|NATIVE_TLS|SYSTEM_CERTS|INSECURE_HOST|NO_INDEX)$/;
const ALSO_SECRET = /^UV_INDEX_\w+_(?:USERNAME|PASSWORD)$/;

/** uv's own variables, else the indexes that the user gave pip. */
function uvAccess(build: Build, trust: Trust): Access {
  const pip = pipAccess(build.env, trust);
  const own = userVariables(build.env, trust, PLAIN, ALSO_SECRET);
  const index = pip.env['PIP_INDEX_URL'];
  const extra = pip.env['PIP_EXTRA_INDEX_URL'];
  return {
    env: {
      ...(index === undefined ? {} : { UV_DEFAULT_INDEX: index }),
      ...(extra === undefined ? {} : { UV_INDEX: extra }),
      ...own.env,
    },
    files: [...new Set([...own.files, ...pip.files])],
    secrets: [...own.secrets, ...pip.secrets],
  };
}
