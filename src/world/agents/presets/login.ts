import { readdirSync, statSync } from 'node:fs';
import type { StartedAgent } from '../port.ts';
import type { Preset, User } from './preset.ts';

/** Where a login of an agent is: a variable of the environment, or a file of its own. */
export function loginOf(preset: Preset | null, user: User): StartedAgent['login'] {
  if (preset?.credentials === undefined) return { kind: 'unknown' };
  const where =
    preset.credentials.env.find((variable) => (user.env[variable] ?? '') !== '') ??
    preset.credentials.files(user).find(holdsSomething);
  return where === undefined ? { kind: 'none', fix: preset.login } : { kind: 'found', where };
}

function holdsSomething(path: string): boolean {
  try {
    return statSync(path).isDirectory() ? readdirSync(path).length > 0 : true;
  } catch {
    return false;
  }
}
