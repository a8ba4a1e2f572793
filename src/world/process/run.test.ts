import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { RunRequest } from './port.ts';
import { runProcess } from './run.ts';
import { realTimers, type Timers } from './timers.ts';

const dir = mkdtempSync(join(tmpdir(), 'omk-run-'));
after(() => rmSync(dir, { recursive: true, force: true }));

let made = 0;
const request = (code: string, more: Partial<RunRequest> = {}): RunRequest => {
  made += 1;
  return {
    argv: [process.execPath, '-e', code],
    cwd: dir,
    env: { DIR: dir },
    timeoutMs: 60_000,
    stdoutFile: join(dir, `${made}.out`),
    stderrFile: join(dir, `${made}.err`),
    capBytes: 1000,
    ...more,
  };
};

/** Timers that are due at once, in order, so that no test waits for a grace period. */
const hurry = (allow: (ms: number) => boolean): Timers => ({
  now: realTimers.now,
  after: (ms, then) => (allow(ms) ? realTimers.after(0, then) : () => undefined),
});

const alive = (pid: number): boolean => {
  try {
    return !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
};
const until = async (what: string, condition: () => boolean): Promise<void> => {
  const deadline = Date.now() + 20_000;
  while (!condition()) {
    assert.ok(Date.now() < deadline, `waited too long for: ${what}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
};

test('output, lines, exit code and environment are those of the program', async () => {
  const lines: string[] = [];
  const run = request(`console.log(Object.keys(process.env).sort().join()); console.error('bad'); process.exit(3)`, {
    onLine: (line, stream) => lines.push(`${stream}: ${line}`),
  });
  const result = await runProcess(run);
  assert.equal(result.kind === 'exited' && result.code, 3);
  assert.equal(readFileSync(run.stdoutFile, 'utf8'), 'DIR\n');
  assert.equal(readFileSync(run.stderrFile, 'utf8'), 'bad\n');
  assert.deepEqual(lines.sort(), ['stderr: bad', 'stdout: DIR']);
  assert.equal(result.stdoutTruncated, false);
});

test('long output keeps its head and its tail', async () => {
  const run = request(`process.stdout.write('a'.repeat(700_000) + 'b'.repeat(700_000))`);
  assert.equal((await runProcess(run)).stdoutTruncated, true);
  assert.match(readFileSync(run.stdoutFile, 'utf8'), /^a{500}\n\[\.\.\. 1399000 bytes left out \.\.\.\]\nb{500}$/);
});

test('a program that does not exist, and a directory that does not exist, are not_found', async () => {
  assert.equal((await runProcess(request('', { argv: ['omk-no-such-program'] }))).kind, 'not_found');
  assert.equal((await runProcess(request('', { cwd: join(dir, 'none') }))).kind, 'not_found');
});

test('a signal is told as such', async () => {
  const result = await runProcess(request(`process.kill(process.pid, 'SIGKILL')`));
  assert.equal(result.kind === 'signalled' && result.signal, 'SIGKILL');
});

const STUBBORN = `
  const { spawn } = require('node:child_process');
  process.on('SIGTERM', () => {});
  const code = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1e9); console.log('ready ' + process.pid)";
  const child = spawn(process.execPath, ['-e', code], { stdio: 'inherit' });
  console.log('ready ' + process.pid);
  setInterval(() => {}, 1e9);
`;

test('after the timeout the whole group is killed, also when it ignores SIGTERM', async () => {
  const pids: number[] = [];
  let due = (): void => undefined;
  const timers: Timers = {
    now: realTimers.now,
    after: (ms, then) => {
      if (ms === 777) due = then;
      return ms === 777 ? () => undefined : realTimers.after(0, then);
    },
  };
  const onLine = (line: string): void => {
    pids.push(Number(line.split(' ')[1]));
    if (pids.length === 2) due();
  };
  const result = await runProcess(request(STUBBORN, { timeoutMs: 777, onLine }), timers);
  assert.equal(result.kind === 'timed_out' && result.afterMs, 777);
  assert.equal(pids.length, 2);
  for (const pid of pids) await until(`${pid} is dead`, () => !alive(pid));
});

test('an abort kills the group, and an abort before the start starts nothing', async () => {
  const controller = new AbortController();
  const run = request(STUBBORN, { signal: controller.signal, onLine: () => controller.abort() });
  assert.equal(
    (
      await runProcess(
        run,
        hurry((ms) => ms <= 1000),
      )
    ).kind,
    'aborted',
  );
  const never = request(`require('fs').writeFileSync('started', '')`, { signal: controller.signal });
  assert.equal((await runProcess(never)).kind, 'aborted');
  assert.equal(existsSync(join(dir, 'started')), false);
});

test('what a program leaves behind in its group dies with it', async () => {
  let pid = 0;
  const run = request(
    `const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e9)'], { stdio: 'inherit' });
     console.log(child.pid); child.unref(); process.exit(0)`,
    { onLine: (line) => (pid = Number(line)) },
  );
  const result = await runProcess(run);
  assert.equal(result.kind, 'exited');
  await until(`${pid} is dead`, () => pid > 0 && !alive(pid));
});

test('a process that left the group and holds the pipes does not hold up the end', async () => {
  let pid = 0;
  const run = request(
    `const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e9)'], { stdio: \
'inherit', detached: true });
     console.log(child.pid); child.unref(); process.exit(0)`,
    { onLine: (line) => (pid = Number(line)) },
  );
  const result = await runProcess(
    run,
    hurry((ms) => ms === 1000),
  );
  assert.equal(result.kind, 'exited');
  process.kill(pid, 'SIGKILL');
});
