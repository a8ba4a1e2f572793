import { slow } from '../src/world/gates/testing/tools.ts';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { appendFileSync, closeSync, cpSync, existsSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { javascript } from './support/ecosystems.ts';
import { machine, until, type Machine } from './support/machine.ts';
import { sharedRuns } from './support/shared-runs.ts';

const runs = sharedRuns();

const ROOT = join(import.meta.dirname, '..');
const FULL = '/dev/full';
const skip = existsSync(FULL) ? false : 'there is no /dev/full here';
const fix = { edit: { path: javascript.subject, find: javascript.bug, replace: javascript.fix } };
const oracle = (m: Machine): string => m.agent({ turns: [{ steps: [fix, { say: 'done' }] }] }, 'oracle');
const status = async (m: Machine): Promise<string> =>
  JSON.parse((await m.omk(['goal', 'status', '--json'])).out).status;
const log = async (m: Machine): Promise<string> => (await m.omk(['goal', 'show'])).out;

/** Runs omk with a standard output of its own and gives its exit code and what it wrote to standard error. */
function into(
  m: Machine,
  stdout: number | 'closed',
  args: readonly string[],
): Promise<{ code: number | null; err: string }> {
  const child = spawn(process.execPath, [m.program, ...args], {
    cwd: m.repository,
    env: m.env,
    stdio: ['ignore', stdout === 'closed' ? 'pipe' : stdout, 'pipe'],
  });
  // The reader of the pipe goes away at once.
  child.stdout?.destroy();
  let err = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, err })));
}

test('a run whose reader goes away goes on to its end, and its log says so', { skip: slow }, async (t) => {
  const m = await machine(t, javascript.files, { runs });
  const ran = await into(m, 'closed', ['run', '--json', '--agent', oracle(m), 'Make the red test green']);
  assert.equal(ran.code, 0, ran.err);
  assert.doesNotMatch(ran.err, /\n {4}at |INTERNAL/);
  assert.equal(await status(m), 'ready');
  assert.match(await log(m), /stdout can no longer be written \(EPIPE\)/);
  assert.equal((await m.omk(['verify', 'latest'])).code, 0);
});

test('a full disk behind standard output changes neither the run nor its exit code', { skip }, async (t) => {
  const m = await machine(t, javascript.files, { runs });
  const full = openSync(FULL, 'w');
  t.after(() => closeSync(full));
  const ran = await into(m, full, ['run', '--agent', oracle(m), 'Make the red test green']);
  assert.equal(ran.code, 0, ran.err);
  assert.match(ran.err, /nothing can be written to standard output any more \(ENOSPC\)/);
  assert.doesNotMatch(ran.err, /\n {4}at /);
  assert.equal(await status(m), 'ready');
  assert.match(await log(m), /stdout can no longer be written \(ENOSPC\)/);
  // What was asked for is the output: here its loss is the failure.
  const shown = await into(m, full, ['goal', 'show']);
  assert.equal(shown.code, 6);
  assert.match(shown.err, /OUTPUT_LOST/);
  assert.equal((await into(m, full, ['verify', 'latest'])).code, 0);
  // A forged proof is refused whoever reads that.
  const { goal } = JSON.parse((await m.omk(['goal', 'status', '--json'])).out);
  appendFileSync(join(m.state, 'goals', goal, 'proof', 'change.patch'), 'x');
  assert.equal((await into(m, 'closed', ['verify', goal])).code, 3);
  assert.equal((await into(m, full, ['verify', goal])).code, 3);
});

test('a command that fails keeps its exit code and gives no stack where nobody reads standard error', async (t) => {
  const m = await machine(t, javascript.files, { runs });
  for (const args of [['goal', 'show', 'g-none'], ['run'], ['goal', 'nothing'], ['--version']]) {
    const expected = (await m.omk(args)).code;
    const child = spawn(process.execPath, [m.program, ...args], {
      cwd: m.repository,
      env: m.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    child.stderr.destroy();
    assert.equal(await new Promise((resolve) => child.on('close', resolve)), expected, args.join(' '));
  }
});

test('a terminal that is closed pauses the goal, however often it says so, and the work is kept', async (t) => {
  const m = await machine(t, javascript.files, { runs });
  const agent = m.agent({ turns: [{ steps: [fix, { say: 'working' }, { wait: 60_000 }] }] });
  const child = m.start(['run', '--json', '--agent', agent, 'Make the red test green']);
  let out = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
  await until(() => out.includes('session.opened'), 'the turn');
  // The terminal is gone for output too.
  child.stdout?.destroy();
  child.stderr?.destroy();
  child.kill('SIGHUP');
  child.kill('SIGHUP');
  assert.equal(await new Promise((resolve) => child.on('close', resolve)), 130);
  assert.equal(await status(m), 'paused');
  assert.match(await log(m), /paused: the terminal was closed/);
  assert.match(await log(m), /snapshot is tree/);
});

test('omk that is taken away while it runs ends, and does not look for itself without end', async (t) => {
  const m = await machine(t, javascript.files, { runs });
  const copy = join(m.dir, 'omk');
  for (const folder of ['bin', 'dist', 'share']) cpSync(join(ROOT, folder), join(copy, folder), { recursive: true });
  cpSync(join(ROOT, 'package.json'), join(copy, 'package.json'));
  const agent = m.agent({ turns: [{ steps: [{ hang: {} }] }] });
  const child = m.startOther(process.execPath, [
    join(copy, 'bin', 'omk.js'),
    'run',
    '--json',
    '--agent',
    agent,
    'Make it',
  ]);
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  await until(() => text.includes('"turn.started"'), 'the turn');
  rmSync(copy, { recursive: true });
  child.kill('SIGTERM');
  assert.notEqual(await closed, null, 'it ended by itself');
});
