import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codex } from './codex.ts';
import { kimi } from './kimi.ts';
import { ownSandboxNote } from './own-sandbox.ts';

test('what becomes of an own sandbox is said: off inside of omk, unable as root without it', () => {
  const bubblewrap = { kind: 'bubblewrap', version: '0.9', network: true } as const;
  const none = { kind: 'none', why: 'x' } as const;
  assert.match(ownSandboxNote(codex, bubblewrap, true) ?? '', /codex's own sandbox is off: .*inside omk's/);
  assert.match(ownSandboxNote(codex, none, true) ?? '', /may not start as root/);
  assert.equal(ownSandboxNote(codex, none, false), null);
  assert.equal(ownSandboxNote(kimi, bubblewrap, true), null);
});
