import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { opencode } from '../presets/opencode.ts';
import { bindState } from './state.ts';

const home = mkdtempSync(join(tmpdir(), 'omk-state-'));
after(() => rmSync(home, { recursive: true, force: true }));
const user = { home, env: {} };
const at = (path: string): string => join(home, path);

test('an agent has its own folders, a copy of its settings, and what the user named; nothing that is not there', () => {
  mkdirSync(at('.config/opencode'), { recursive: true });
  writeFileSync(at('.config/opencode/opencode.json'), '{}');
  mkdirSync(at('.mine'));
  const configured = { argv: null, env: [], paths: ['~/.mine', '~/.absent'] };
  const copy = at('copies/3');
  assert.deepEqual(bindState(user, opencode, configured, at('copies')), [
    { from: at('.local/share/opencode'), writable: true },
    { from: at('.local/state/opencode'), writable: true },
    { from: at('.cache/opencode'), writable: true },
    { from: copy, to: at('.config/opencode'), writable: true },
    { from: at('.mine'), writable: true },
  ]);
  writeFileSync(join(copy, 'opencode.json'), 'changed');
  bindState(user, opencode, configured, at('copies'));
  assert.equal(readFileSync(join(copy, 'opencode.json'), 'utf8'), 'changed');
  assert.equal(readFileSync(at('.config/opencode/opencode.json'), 'utf8'), '{}');
});

test('without a sandbox nothing is put in the place of something else', () => {
  assert.ok(bindState(user, opencode, null, null).every(({ to }) => to === undefined));
});
