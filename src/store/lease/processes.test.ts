import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { until } from '../testing/fixtures.ts';
import { machineProcesses } from './processes.ts';

const self = machineProcesses.self();
const proc = { skip: existsSync('/proc/self/stat') ? false : 'needs /proc' };

describe('telling whether a process lives', () => {
  it('knows itself', proc, () => {
    assert.equal(self.pid, process.pid);
    assert.match(self.started ?? '', /^\d+$/);
    assert.equal(machineProcesses.liveness(self), 'alive');
  });

  it('a later process with the same pid is another one', proc, () => {
    assert.equal(machineProcesses.liveness({ ...self, started: '1' }), 'dead');
  });

  it('a pid that is gone is dead', () => {
    const { pid } = spawnSync(process.execPath, ['--version'], { env: {} });
    assert.equal(machineProcesses.liveness({ ...self, pid }), 'dead');
    assert.equal(machineProcesses.liveness({ ...self, pid, started: null }), 'dead');
  });

  it('a process that ended and that nobody has waited for is dead', proc, async (t) => {
    // The shell starts a child that ends with our input, and becomes a program that never asks how it ended.
    const parent = spawn('/bin/sh', ['-c', 'exec 3<&0; cat <&3 & echo $!; exec sleep 60'], {
      env: { PATH: '/usr/bin:/bin' },
    });
    t.after(() => parent.kill('SIGKILL'));
    let pid = '';
    parent.stdout.setEncoding('utf8').on('data', (text: string) => (pid += text));
    await until('the pid', () => pid.endsWith('\n'));
    await until('the other program', () => readFileSync(`/proc/${parent.pid}/comm`, 'utf8') === 'sleep\n');
    const fields = (): readonly string[] =>
      readFileSync(`/proc/${pid.trim()}/stat`, 'latin1')
        .replace(/^.*\) /, '')
        .split(' ');
    parent.stdin.end();
    await until('the end of the child', () => fields()[0] === 'Z');
    assert.equal(machineProcesses.liveness({ ...self, pid: Number(pid), started: fields()[19] ?? null }), 'dead');
  });

  it('cannot tell where the start is not known, nor in another scope', () => {
    assert.equal(machineProcesses.liveness({ ...self, started: null }), 'unknown');
    assert.equal(machineProcesses.liveness({ ...self, scope: 'elsewhere' }), 'unknown');
  });
});
