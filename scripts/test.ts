import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

/**
 * `npm test`: checks and unit tests, each one thread at a time, beside the whole programs, which leave cores idle.
 * The whole programs report as they go; what the others say is printed in one piece when they end, and a failure of theirs stops the rest.
 */
const cwd = join(import.meta.dirname, '..');
const BESIDE = ['check', 'unit'];
const script = (name: string, output: 'inherit' | 'pipe'): ChildProcess =>
  spawn('npm', ['run', '--silent', name], { cwd, stdio: ['ignore', output, output], detached: true });

const running = new Map<string, ChildProcess>();
let failed = false;

function stop(): void {
  for (const child of running.values()) if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
}

function start(name: string, output: 'inherit' | 'pipe'): void {
  const child = script(name, output);
  running.set(name, child);
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => said.push(chunk));
  child.on('close', (code) => {
    running.delete(name);
    if (said.length > 0)
      process.stdout.write(`\n== npm run ${name}\n${Buffer.concat(said).toString('utf8').trimEnd()}\n\n`);
    if (code === 0 || failed) return;
    failed = true;
    process.exitCode = 1;
    console.error(`npm run ${name} failed`);
    stop();
  });
}

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    failed = true;
    process.exitCode = 130;
    stop();
  });
for (const name of BESIDE) start(name, 'pipe');
start('whole', 'inherit');
