import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GoalEvent, LoggedEvent } from '../../domain/goal/event.ts';
import { sha256Hex, utf8 } from '../../proof/format/bytes.ts';
import { otherText } from './other-text.ts';

const asked = (text: string): GoalEvent => ({
  type: 'turn.started',
  data: {
    attempt: 1,
    turn: 1,
    text: 'worker/1',
    prompt: { sha256: sha256Hex(text), bytes: text.length, truncated: false },
  },
});

test('a word that differs far into a long line is in what is shown of both', async () => {
  const common = 'the same words again '.repeat(20);
  const [then, now] = [`# Goal\n${common}is not evidence`, `# Goal\n${common}is never evidence`];
  const line = { v: 2, seq: 4, ts: '2026-01-31T12:00:00.000Z', prev: '0'.repeat(64) } as const;
  const recorded: LoggedEvent = { ...asked(then), ...line };
  const found = await otherText(
    { seq: 4, recorded, here: asked(now), why: 'another event' },
    async () => utf8(then),
    new Map([[sha256Hex(now), utf8(now)]]),
  );
  assert.equal(found?.line, 2);
  assert.match(found.recorded, /^….{0,40}not evidence$/);
  assert.match(found.here, /^….{0,40}never evidence$/);
});
