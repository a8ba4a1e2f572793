import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, it } from 'node:test';
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
  });

  it('cannot tell where the start is not known, nor in another scope', () => {
    assert.equal(machineProcesses.liveness({ ...self, started: null }), 'unknown');
    assert.equal(machineProcesses.liveness({ ...self, scope: 'elsewhere' }), 'unknown');
  });
});
