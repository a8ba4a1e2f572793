import { spawnSync } from 'node:child_process';
import { homedir } from 'node:os';
import { gatePath } from '../../sandbox/environment.ts';
import { findToolchains } from '../../sandbox/toolchains.ts';

/** The PATH a gate has on this machine, and where its version managers look. */
const PATH = gatePath(process.env);
const MANAGERS = findToolchains(PATH, process.env, [homedir()]).env;

/** For node:test's `skip`: why a test cannot run here, or false. */
export function without(program: string, ...args: readonly string[]): string | false {
  const { status } = spawnSync(program, args, { env: { ...MANAGERS, PATH, HOME: '/nonexistent' } });
  return status === 0 ? false : `${[program, ...args].join(' ')} does not work on this machine`;
}

/** Why a test that takes minutes is left out of every run but the nightly one; false where it is not. */
export const slow: string | false = process.env['OMK_TEST_SLOW'] === '1' ? false : 'slow: set OMK_TEST_SLOW=1';
