import { isAbsolute, join, resolve } from 'node:path';
import { OmkError } from '../domain/error.ts';
import { homeOf } from '../world/sandbox/home.ts';
import type { GoalId } from '../domain/ids.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** `$OMK_STATE_DIR`, else `$XDG_STATE_HOME/omk`, else `~/.local/state/omk`; absolute. */
export const stateDir = (env: Env): string =>
  absolute(
    'OMK_STATE_DIR',
    env['OMK_STATE_DIR'] ?? join(env['XDG_STATE_HOME'] ?? join(home(env), '.local', 'state'), 'omk'),
  );

/** Where the files of a goal are. */
export const goalFolder = (env: Env, goal: GoalId): string => join(stateDir(env), 'goals', goal);

/** `$XDG_CONFIG_HOME/omk/config.toml`, else `~/.config/omk/config.toml`. */
export const userConfigFile = (env: Env): string =>
  join(env['XDG_CONFIG_HOME'] ?? join(home(env), '.config'), 'omk', 'config.toml');

/** A path as a user writes it: `~/` is the home, anything else is seen from the current directory. */
export const fromHome = (env: Env, path: string): string =>
  path.startsWith('~/') ? join(home(env), path.slice(2)) : resolve(path);

/** Where omk 0.5.0 may keep its goals: in the first of these that is there. */
export const ancestorStateDirs = (env: Env): readonly string[] => [
  join(home(env), '.omk', 'state'),
  join(env['XDG_STATE_HOME'] ?? join(home(env), '.local', 'state'), 'omk'),
];

function home(env: Env): string {
  const found = homeOf(env);
  if (found !== null) return found;
  throw new OmkError(
    'HOME_UNKNOWN',
    'HOME is not set, and this user is not in the list of users',
    'set HOME, or OMK_STATE_DIR and XDG_CONFIG_HOME, to folders that you may write to',
  );
}

function absolute(name: string, path: string): string {
  if (isAbsolute(path)) return path;
  throw new OmkError(
    'STATE_DIR_RELATIVE',
    `${name} must be an absolute path, not '${path}'`,
    `set ${name} to an absolute path`,
  );
}
