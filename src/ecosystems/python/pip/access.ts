import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  credentialsIn,
  filesIn,
  networkAccess,
  withoutCredentials,
  type Access,
} from '../../../world/gates/layers/network.ts';
import type { Trust } from '../../../world/gates/layers/plan.ts';

/** Settings that say where packages come from. Others could lead the installation elsewhere. */
const SETTINGS = new Set([
  'index_url', 'extra_index_url', 'find_links', 'trusted_host', 'cert', 'proxy', 'no_index', 'timeout',
  'default_timeout', 'retries', 'prefer_binary',
]); // prettier-ignore
const BASE_ONLY = new Set(['client_cert', 'keyring_provider', 'no_binary', 'only_binary', 'constraint', 'pre']);

/** How pip reaches its index: the user's configuration for the base, without credentials for a candidate. */
export function pipAccess(from: NodeJS.ProcessEnv, trust: Trust): Access {
  const network = networkAccess(from, trust);
  const home = from['HOME'] ?? '/';
  const config = join(from['XDG_CONFIG_HOME'] ?? join(home, '.config'), 'pip', 'pip.conf');
  const files = ['/etc/pip.conf', join(home, '.pip', 'pip.conf'), config, from['PIP_CONFIG_FILE'] ?? ''];
  const given = new Map<string, string>();
  for (const file of files) for (const [key, value] of readConfig(file)) given.set(key, value);
  for (const [name, value] of Object.entries(from))
    if (name.startsWith('PIP_') && value !== undefined) given.set(name.slice(4).toLowerCase(), value);
  const env: Record<string, string> = { ...network.env, PIP_CONFIG_FILE: '/dev/null' };
  for (const [key, value] of given) {
    if (value === '' || !(SETTINGS.has(key) || (trust === 'base' && BASE_ONLY.has(key)))) continue;
    env[`PIP_${key.toUpperCase()}`] = trust === 'base' ? value : withoutCredentials(value);
  }
  const values = Object.values(env);
  return {
    env,
    files: filesIn(values).filter((path) => path !== '/dev/null'),
    secrets: [...network.secrets, ...values.flatMap(credentialsIn)],
  };
}

/** The settings of the `[global]` and `[install]` sections, with names as in environment variables. */
function readConfig(file: string): readonly (readonly [string, string])[] {
  if (file === '' || !existsSync(file)) return [];
  const settings: [string, string][] = [];
  let used = false;
  for (const line of readFileSync(file, 'utf8').split(/\r?\n/)) {
    const section = /^\[([^\]]+)\]/.exec(line)?.[1];
    if (section !== undefined) {
      used = section === 'global' || section === 'install';
      continue;
    }
    const [, key, value] = /^([A-Za-z][\w-]*)\s*[=:]\s*(.*)$/.exec(line) ?? [];
    const last = settings.at(-1);
    if (used && key !== undefined) settings.push([key.replaceAll('-', '_').toLowerCase(), (value ?? '').trim()]);
    // An indented line continues the value before it.
    else if (used && last !== undefined && /^\s+\S/.test(line)) last[1] = `${last[1]} ${line.trim()}`.trim();
  }
  return settings;
}
