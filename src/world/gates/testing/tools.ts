import { spawnSync } from 'node:child_process';
import { gatePath } from '../../sandbox/environment.ts';

/** The PATH a gate has on this machine. */
const PATH = gatePath(process.env);

/** For node:test's `skip`: why a test cannot run here, or false. */
export function without(program: string, ...args: readonly string[]): string | false {
  const { status } = spawnSync(program, args, { env: { PATH, HOME: '/nonexistent' } });
  return status === 0 ? false : `${[program, ...args].join(' ')} does not work on this machine`;
}
