import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { javaProxies, networkAccess, withoutCredentials, type Access } from '../../../world/gates/layers/network.ts';
import type { Build, Trust } from '../../../world/gates/layers/plan.ts';

/**
 * How Maven reaches its repositories: the user's settings for the base; their mirrors and nothing else where
 * code is run or not trusted.
 */
export async function mavenAccess(
  build: Build,
  trust: Trust,
): Promise<{ readonly access: Access; readonly args: readonly string[] }> {
  const network = networkAccess(build.env, trust);
  const file = join(build.env['HOME'] ?? '/', '.m2', 'settings.xml');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const settings = join(build.scratch, `settings-${trust}.xml`);
  await writeFile(settings, trust === 'base' && text !== '' ? text : harmlessSettings(text), { mode: 0o600 });
  return {
    access: {
      ...network,
      files: [...network.files, settings],
      secrets: [...network.secrets, ...(trust === 'base' ? secretsIn(text) : [])],
    },
    args: ['-s', settings, ...javaProxies(network)],
  };
}

/** Only the mirrors, without credentials in their addresses. */
export function harmlessSettings(text: string): string {
  const mirrors = /<mirrors>[\s\S]*?<\/mirrors>/.exec(text.replace(/<!--[\s\S]*?-->/g, ''))?.[0] ?? '';
  return `<settings>${mirrors.includes('${') ? '' : withoutCredentials(mirrors)}</settings>\n`;
}

export const secretsIn = (text: string): readonly string[] =>
  [...text.matchAll(/<(?:password|passphrase|value)>([^<]+)</g)]
    .map(([, secret]) => (secret ?? '').trim())
    .filter((secret) => secret !== '');
