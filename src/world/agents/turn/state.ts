import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ConfiguredAgent } from '../../config/port.ts';
import type { Bind } from '../../sandbox/port.ts';
import type { Preset, StatePath, User } from '../presets/preset.ts';
import { copyOnce } from './copy.ts';
import { kindOf } from './visible.ts';

/**
 * The agent's own places as binds: a preset's, and the paths the user named. Copies are made once, in `copies`;
 * null without a sandbox, where nothing can be put in the place of something else. `make`: the folders of a
 * preset that are not there are made.
 */
export function bindState(
  user: User,
  preset: Preset | null,
  configured: ConfiguredAgent | null,
  copies: string | null,
  make = true,
): Bind[] {
  const own: readonly StatePath[] = preset?.paths(user) ?? [];
  for (const { path, access, file } of make ? own : [])
    if (access !== 'read' && file === undefined) makeIfPossible(path);
  const named = (configured?.paths ?? []).map(({ path, access }): StatePath => ({
    path: path.startsWith('~/') ? join(user.home, path.slice(2)) : path,
    access,
  }));
  const all = [...own, ...named];
  const kept = all.filter(({ access }) => access === 'write').map(({ path }) => path);
  return all
    .filter(({ path }) => kindOf(path) !== null)
    .map(({ path, access }, index) => {
      if (access === 'copy' && copies !== null)
        return { from: copyOnce(path, join(copies, String(index)), kept), to: path, writable: true };
      return { from: path, writable: access !== 'read' };
    });
}

/** An agent that finds no folder of its own makes one; in the sandbox it would be lost with the turn, and the session with it. */
function makeIfPossible(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch {
    // Then it goes without, as it would by itself.
  }
}
