import { spawnSync } from 'node:child_process';

const missing = (program: string, flag: string): string | false =>
  spawnSync(program, [flag], { stdio: 'ignore' }).error ? `${program} is not on the PATH` : false;

/** For node:test's `skip`: a reason when the tool is missing, else false. */
export const sshKeygen = missing('ssh-keygen', '-?');
export const openssl = missing('openssl', 'version');
export const missingGit = missing('git', '--version');

/** Runs a tool of the machine with nothing of this process's environment but the PATH. */
export function runTool(
  argv: readonly string[],
  input: Uint8Array = new Uint8Array(),
): { readonly status: number | null; readonly text: string } {
  const [program = '', ...args] = argv;
  const { status, stdout, stderr } = spawnSync(program, args, { input, env: { PATH: process.env['PATH'] ?? '' } });
  return { status, text: `${stdout}${stderr}` };
}
