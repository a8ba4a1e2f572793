import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { npmAccess } from '../npm/access.ts';
import { valueOf } from '../npm/config.ts';
import { withoutCredentials, type Access } from '../../../world/gates/layers/network.ts';
import { fetching } from './corepack.ts';
import type { Build, Trust } from '../../../world/gates/layers/plan.ts';

/** How a package manager that reads npm's configuration reaches its registries. `project` is the text of the `.npmrc` of the tree. */
export async function configure(
  build: Build,
  trust: Trust,
  project: string,
): Promise<Access & { readonly registry: string | null }> {
  const access = await npmAccess(build, trust, project);
  const userconfig = join(build.scratch, `npmrc-${trust}`);
  await writeFile(userconfig, access.npmrc, { mode: 0o600 });
  return {
    env: {
      ...access.env,
      npm_config_userconfig: userconfig,
      npm_config_globalconfig: join(build.scratch, 'no-npmrc'),
      npm_config_cache: build.downloads,
      npm_config_update_notifier: 'false',
      ...fetching(build),
      ...ofUser(build, trust),
    },
    files: [...access.files, userconfig],
    secrets: access.secrets,
    registry: valueOf(project, 'registry') ?? access.env['npm_config_registry'] ?? valueOf(access.npmrc, 'registry'),
  };
}

/** Where corepack fetches from, and whose signatures it asks for. */
const ofUser = ({ env }: Build, trust: Trust): Record<string, string> =>
  Object.fromEntries(
    ['COREPACK_NPM_REGISTRY', 'COREPACK_INTEGRITY_KEYS'].flatMap((name) => {
      const value = env[name];
      return value === undefined ? [] : [[name, trust === 'base' ? value : withoutCredentials(value)]];
    }),
  );
