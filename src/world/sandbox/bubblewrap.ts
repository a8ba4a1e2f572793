import { execFile } from 'node:child_process';
import type { Sandbox } from '../../domain/gates/evidence.ts';
import { findProgram } from './environment.ts';

const ATTEMPT_MS = 10_000;

/** Everything is unshared; what is shared again is said by the request. */
export const ISOLATE: readonly string[] = ['--unshare-all', '--die-with-parent', '--new-session', '--cap-drop', 'ALL'];

type Found =
  | { readonly kind: 'bubblewrap'; readonly program: string; readonly version: string }
  | Extract<Sandbox, { readonly kind: 'none' }>;

/** Looks for bubblewrap on a PATH and really makes a sandbox with it once: many machines forbid it. */
export async function findBubblewrap(path: string): Promise<Found> {
  if (process.platform !== 'linux')
    return { kind: 'none', why: `bubblewrap is for Linux, this is ${process.platform}` };
  const program = findProgram('bwrap', path);
  if (program === null) return { kind: 'none', why: 'bubblewrap (bwrap) is not installed' };
  const [version, attempt] = await Promise.all([
    run(program, ['--version'], path),
    run(
      program,
      [...ISOLATE, '--ro-bind', '/', '/', '--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp', '--', 'true'],
      path,
    ),
  ]);
  if (version.failed) return { kind: 'none', why: `bwrap --version failed: ${version.text}` };
  if (attempt.failed) return { kind: 'none', why: `bubblewrap was refused: ${attempt.text}` };
  return { kind: 'bubblewrap', program, version: /\d+(?:\.\d+)+/.exec(version.text)?.[0] ?? 'unknown' };
}

function run(
  program: string,
  args: readonly string[],
  path: string,
): Promise<{ readonly failed: boolean; readonly text: string }> {
  return new Promise((resolve) => {
    execFile(
      program,
      args,
      { env: { PATH: path }, timeout: ATTEMPT_MS, encoding: 'utf8', cwd: '/' },
      (error, stdout, stderr) => {
        const complaint = stderr.trim() === '' ? error?.message : stderr;
        const text = error === null ? stdout : (complaint ?? '');
        resolve({ failed: error !== null, text: text.trim().split('\n')[0] ?? '' });
      },
    );
  });
}
