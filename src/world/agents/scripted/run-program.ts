import { spawn } from 'node:child_process';

const KEPT = 64 * 1024;

/** Runs a program directly and waits for it, not for what it leaves in the background. */
export function runProgram(
  argv: readonly string[],
  cwd: string,
  signal: AbortSignal,
): Promise<{ readonly code: number; readonly output: string }> {
  const [program = '', ...args] = argv;
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], signal, killSignal: 'SIGKILL' });
    let output = '';
    const keep = (chunk: Buffer): void => {
      if (output.length < KEPT) output += chunk.toString('utf8');
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => resolve({ code: 127, output: output + error.message }));
    // A moment for what is still in the pipe; the pipe itself may stay open in a background process.
    child.once('exit', (code) => setTimeout(() => resolve({ code: code ?? 137, output: output.slice(0, KEPT) }), 5));
  });
}
