import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { javascript } from './support/ecosystems.ts';
import { machine, parseRun, until, type Machine } from './support/machine.ts';

const linux = { skip: process.platform === 'linux' ? false : 'needs /proc' };
const fix = { edit: { path: javascript.subject, find: javascript.bug, replace: javascript.fix } };

/** How many living processes have a command line with this in it. */
const living = (text: string): number =>
  readdirSync('/proc').filter((pid) => {
    try {
      return (
        /^\d+$/.test(pid) &&
        readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(text) &&
        !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'latin1'))
      );
    } catch {
      return false;
    }
  }).length;

/** A process that leaves its parent, its session and its environment at once; `seconds` names it. */
const daemon = (seconds: string): string => `(setsid env -i sleep ${seconds} >/dev/null 2>&1 &)`;

const gates = (command: string): string =>
  `[[gates]]\nname = "test"\ncommand = "npm"\nargs = ["test"]\n[[gates]]\nname = "serve"\n` +
  `command = "sh"\nargs = ["-c", ${JSON.stringify(command)}]\n`;

const gateFolders = (m: Machine): readonly string[] => {
  const folder = join(m.state, 'tmp', 'gates');
  return existsSync(folder) ? readdirSync(folder) : [];
};

function ownerIn(m: Machine, name: string): string {
  const file = join(m.state, 'tmp', 'gates', name, 'owner');
  return existsSync(file) ? readFileSync(file, 'latin1') : '';
}

/** Part of a number that no other process on this machine waits for. */
const own = `1${process.pid}`;

test('without a sandbox, what an agent or a gate leaves running is dead when the goal ends', linux, async (t) => {
  const [agents, ours] = [`${own}1.5`, `${own}2.5`];
  const files = { ...javascript.files, '.omk/gates.toml': gates(daemon(ours)) };
  const m = await machine(t, files, { sandbox: 'none' });
  const steps = [{ run: ['sh', '-c', daemon(agents)] }, fix, { say: 'done' }];
  const run = parseRun(
    await m.omk(['run', '--json', '--agent', m.agent({ turns: [{ steps }] }), 'Make the red test green']),
  );
  assert.equal(run.status, 'ready');
  assert.deepEqual([living(agents), living(ours)], [0, 0]);
});

for (const how of ['cancel', 'resume'] as const)
  test(`without a sandbox, ${how} ends the gates that a killed omk left running`, linux, async (t) => {
    const ours = `${own}${how === 'cancel' ? 3 : 4}.5`;
    const hang = `sleep ${ours}`;
    const files = { ...javascript.files, '.omk/gates.toml': gates(hang) };
    const m = await machine(t, files, { sandbox: 'none' });
    const agent = m.agent({ turns: [{ steps: [fix, { say: 'done' }] }] });
    const child = m.start(['run', '--json', '--agent', agent, 'Make the red test green']);
    const closed = new Promise((resolve) => child.on('close', resolve));
    await until(() => living(`sleep\0${ours}`) > 0, 'the gate');
    child.kill('SIGKILL');
    await closed;
    assert.ok(living(ours) > 0);
    assert.ok(gateFolders(m).length > 0);
    if (how === 'cancel') {
      const cancelled = await m.omk(['goal', 'cancel']);
      assert.equal(cancelled.code, 0, cancelled.err);
      assert.equal(living(ours), 0);
      assert.deepEqual(gateFolders(m), []);
      return;
    }
    const again = m.start(['goal', 'resume', '--json']);
    t.after(() => again.kill('SIGKILL'));
    const over = new Promise((resolve) => again.on('close', resolve));
    // A folder that was made a moment before the kill names nobody yet, and goes when it is old.
    const left = gateFolders(m).filter((name) => ownerIn(m, name).split(' ').length === 3);
    await until(() => left.every((name) => !gateFolders(m).includes(name)), 'the end of the folders of before');
    again.kill('SIGKILL');
    await over;
    await m.omk(['goal', 'cancel']);
    assert.equal(living(ours), 0);
  });
