import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { finish, type Machine } from '../test/support/machine.ts';

const UNSHARE = '/usr/bin/unshare';

/** The run of a real agent is made again from its recording: with nothing on the PATH, and no network where the system can do that. */
export async function assertMadeAgain(m: Machine, goal: string): Promise<void> {
  const cut = spawnSync(UNSHARE, ['--map-root-user', '--net', 'true']).status === 0;
  const omk = [process.execPath, m.program, 'goal', 'replay', goal, '--execute', '--gates', 'recorded'];
  const [program = '', ...args] = cut ? [UNSHARE, '--map-root-user', '--net', ...omk] : omk;
  const env = { ...m.env, PATH: '/nowhere' };
  const ran = await finish(spawn(program, args, { cwd: m.repository, env, stdio: ['pipe', 'pipe', 'pipe'] }), '');
  assert.match(ran.out, /^REPRODUCED: \d+ events of 1 execution made again, byte for byte$/m, ran.out + ran.err);
  assert.equal(ran.code, 0);
}
