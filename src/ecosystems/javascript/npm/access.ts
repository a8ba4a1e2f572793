import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { findProgram } from '../../../world/sandbox/environment.ts';
import { filesIn, networkAccess, type Access } from '../../../world/gates/layers/network.ts';
import type { Build, Trust } from '../../../world/gates/layers/plan.ts';
import { harmlessNpmrc, secretsIn, usersNpmrc, valueOf, variablesIn } from './config.ts';

/** Configuration that npm passes on as environment variables; the second kind may hold credentials. */
const PLAIN = /^npm_config_(?:registry|@.+:registry|proxy|https_proxy|noproxy|cafile|strict_ssl)$/i;
const CREDENTIAL = /^npm_config_\/\//i;

export interface NpmAccess extends Access {
  /** Content of the user configuration to install with. */
  readonly npmrc: string;
}

/**
 * How npm reaches its registries: the user's configuration for the base, only registries, certificates and proxies
 * for a candidate and for scripts of packages.
 */
export async function npmAccess(build: Build, trust: Trust, projectNpmrc: string): Promise<NpmAccess> {
  const { env } = build;
  const network = networkAccess(env, trust);
  const program = findProgram('npm', build.path);
  const own = program === null ? '' : await textOf(join(dirname(program), '..', 'etc', 'npmrc'));
  const user = await textOf(env['npm_config_userconfig'] ?? join(env['HOME'] ?? '/', '.npmrc'));
  const given = `${own}\n${user}`;
  const npmrc = trust === 'base' ? usersNpmrc(given) : harmlessNpmrc(given);
  const set: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || value === '') continue;
    if (PLAIN.test(name) && (trust === 'base' || harmlessNpmrc(`registry=${value}`) === `registry=${value}\n`))
      set[name] = value;
    if (CREDENTIAL.test(name) && trust === 'base') set[name] = value;
  }
  const referred = trust === 'base' ? variablesIn(`${npmrc}\n${projectNpmrc}`) : [];
  for (const name of referred) if (env[name] !== undefined) set[name] = env[name];
  const cafile = valueOf(npmrc, 'cafile');
  return {
    env: { ...network.env, ...set },
    npmrc,
    files: [...new Set([...network.files, ...filesIn([cafile ?? '', set['npm_config_cafile'] ?? ''])])],
    secrets: [
      ...network.secrets,
      ...secretsIn(`${npmrc}\n${projectNpmrc}`),
      ...referred.map((name) => env[name] ?? ''),
      ...Object.entries(set).flatMap(([name, value]) => (CREDENTIAL.test(name) ? [value] : [])),
    ],
  };
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    // No configuration, or none that this user may read: npm would go without it too.
    return '';
  }
}
