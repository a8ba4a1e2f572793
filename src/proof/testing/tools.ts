import { spawnSync } from 'node:child_process';

const missing = (program: string, flag: string): string | false =>
  spawnSync(program, [flag], { stdio: 'ignore' }).error ? `${program} is not on the PATH` : false;

/** For node:test's `skip`: a reason when the tool is missing, else false. */
export const sshKeygen = missing('ssh-keygen', '-?');
export const openssl = missing('openssl', 'version');
export const missingGit = missing('git', '--version');
