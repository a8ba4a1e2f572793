import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { runProcess } from './run.ts';
import { startProcess } from './start.ts';
import { endMarked } from './strays.ts';
import { realTimers, type Timers } from './timers.ts';

const linux = { skip: process.platform === 'linux' ? false : 'strays are found through /proc, which only Linux has' };

const dead = (pid: number): boolean => {
  try {
    return /^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return true;
  }
};

/** Prints the number of a child in a session of its own, out of reach of its parent's group. */
const ESCAPES = `
  const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e9)'], { stdio: \
'ignore', detached: true });
  console.log(child.pid);
`;
/** Leaves only when killed. */
const STAYS = `process.on('SIGTERM', () => {}); process.stdin.resume(); setInterval(() => {}, 1e9);`;

const firstLine = (stream: NodeJS.ReadableStream): Promise<string> =>
  new Promise((resolve, reject) =>
    stream
      .once('data', (chunk: Buffer) => resolve(chunk.toString().trim()))
      .once('end', () => reject(new Error('nothing was printed'))),
  );

const hurry: Timers = { now: realTimers.now, after: (_, then) => realTimers.after(0, then) };

test('T11 everything with the marker is dead when endMarked returns, and only that', linux, async () => {
  const marker = randomUUID();
  const start = (value: string): number => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e9)'], {
      env: { OMK_TEST_MARK: value },
      stdio: 'ignore',
      detached: true,
    });
    child.unref();
    return child.pid ?? 0;
  };
  const ours = [start(marker), start(marker)];
  const other = start(`${marker}-longer`);
  assert.equal(await endMarked('OMK_TEST_MARK', marker), 2);
  assert.deepEqual(ours.map(dead), [true, true]);
  assert.equal(dead(other), false);
  assert.equal(await endMarked('OMK_TEST_MARK', `${marker}-longer`), 1);
  assert.equal(await endMarked('OMK_TEST_MARK', marker), 0);
});

test('T11 a started process and a grandchild that left its group are dead after end', linux, async () => {
  const value = randomUUID();
  const started = await startProcess(
    {
      argv: [process.execPath, '-e', STAYS + ESCAPES],
      cwd: '/',
      env: { OMK_TEST_MARK: value },
      marker: { name: 'OMK_TEST_MARK', value },
    },
    hurry,
  );
  const grandchild = Number(await firstLine(started.stdout));
  assert.equal(dead(grandchild), false);
  const end = await started.end();
  assert.equal(end.kind === 'signalled' && end.signal, 'SIGKILL');
  assert.deepEqual([dead(started.pid), dead(grandchild)], [true, true]);
  assert.equal(await started.end(), end);
});

test('a process that leaves when its input is closed is not signalled', async () => {
  const started = await startProcess({
    argv: [process.execPath, '-e', `process.stdin.resume().on('end', () => process.exit(7))`],
    cwd: '/',
    env: {},
  });
  assert.deepEqual(await started.end(), { kind: 'exited', code: 7 });
  assert.deepEqual(await started.exited, { kind: 'exited', code: 7 });
});

test('writing to a process that has left does not throw', async () => {
  const started = await startProcess({ argv: [process.execPath, '-e', ''], cwd: '/', env: {} });
  await started.exited;
  started.stdin.write('late\n');
  assert.deepEqual(await started.end(), { kind: 'exited', code: 0 });
});

test('a program that is not there is named', async () => {
  await assert.rejects(startProcess({ argv: ['omk-no-such-program'], cwd: '/', env: {} }), {
    code: 'PROGRAM_NOT_STARTED',
  });
});

/** Leaves its parent, group, session and environment at once; its number is printed before the parent ends, and with it all else. */
const VANISHES = `pid=$( (setsid env -i sh -c 'echo $$; exec >&2; exec sleep 1000' &) ); echo $pid; exit 0`;

test('T11 a process that left parent, session and environment is dead when its program ends', linux, async () => {
  const marker = { name: 'OMK_TEST_MARK', value: randomUUID() };
  const started = await startProcess({
    argv: ['sh', '-c', VANISHES],
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
    marker,
  });
  const vanished = Number(await firstLine(started.stdout));
  assert.equal(dead(vanished), false);
  await started.end();
  assert.equal(dead(vanished), true);

  const folder = mkdtempSync(join(tmpdir(), 'omk-strays-'));
  const pids: number[] = [];
  const result = await runProcess({
    argv: ['sh', '-c', VANISHES],
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
    timeoutMs: 60_000,
    stdoutFile: join(folder, 'out'),
    stderrFile: join(folder, 'err'),
    capBytes: 1000,
    onLine: (line) => pids.push(Number(line)),
    marker: { name: 'OMK_TEST_MARK', value: randomUUID() },
  });
  rmSync(folder, { recursive: true });
  assert.equal(result.kind, 'exited');
  assert.ok(pids.every(dead));
});

test('a program that is not there fails as itself, marked or not', linux, async () => {
  const marker = { name: 'OMK_TEST_MARK', value: randomUUID() };
  await assert.rejects(startProcess({ argv: ['omk-no-such-program'], cwd: '/', env: { PATH: '/usr/bin' }, marker }), {
    code: 'PROGRAM_NOT_STARTED',
  });
});
