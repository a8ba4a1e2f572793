import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LoggedEvent } from '../domain/goal/event.ts';
import { BLOB, created, tree } from '../domain/testing/build.ts';
import { handedIn, turnEnded } from '../domain/testing/handed-in.ts';
import { firstLink, sealEntry, type Entry } from '../replay/cassette/tape.ts';
import { sha256Hex } from '../proof/format/bytes.ts';
import { recordedBy, refuseCorrupt, refuseHidden } from './cassette-out.ts';

test('checks that nobody has seen leave no machine in a cassette, whoever wrote them', () => {
  const heldOut = { commitment: 'a'.repeat(64), paths: ['test/a.test.js'], hidden: [], oracle: tree('wrong') };
  assert.throws(() => refuseHidden([{ type: 'goal.created', data: created({ heldOut }) }]), { code: 'NOT_REPLAYABLE' });
  assert.throws(() => refuseHidden(handedIn), { code: 'NOT_REPLAYABLE' });
  assert.doesNotThrow(() => refuseHidden([{ type: 'goal.created', data: created() }]));
});

test('a cassette that is not what was written is not signed; a half of one is', () => {
  const sealed = (goal: string, ...entries: readonly Entry[]): string => {
    let link = firstLink(goal, 1);
    return entries
      .map((entry) => {
        const { line, link: next } = sealEntry(link, entry);
        link = next;
        return line;
      })
      .join('');
  };
  const content = Buffer.from('what a door gave');
  const name = sha256Hex(content);
  const encoded = JSON.parse('null');
  const text = sealed(
    'g-1',
    { t: 'open', v: 2, goal: 'g-1', from: 0, omk: '', node: '', machine: '', places: encoded, doors: encoded },
    { t: 'now', k: `a:${name}`, r: encoded },
  );
  const refuse = (runs: readonly string[], found: Uint8Array | null = content): void =>
    refuseCorrupt('g-1', { runs, content: () => found, contents: () => [name] });
  assert.doesNotThrow(() => refuse([text]));
  assert.doesNotThrow(() => refuse([text.slice(0, -3)], null), 'no whole line names the content');
  const corrupt = (message: RegExp) => ({ code: 'CASSETTE_CORRUPT', exit: 3, message });
  assert.throws(
    () => refuse([text.replace('"from":0', '"from":1')]),
    corrupt(/^CASSETTE CORRUPT: execution 1: line 1 is not what was written/),
  );
  assert.throws(() => refuse([text], Buffer.from('x')), corrupt(/^CASSETTE CORRUPT: content\/[0-9a-f]+ is not what/));
});

test('a blob is called by the event that recorded it', () => {
  const line = { v: 2, ts: '2026-01-31T00:00:00.000Z', prev: '0'.repeat(64) } as const;
  const stream = { ...BLOB, sha256: 'e'.repeat(64) };
  const events: readonly LoggedEvent[] = [
    { type: 'goal.created', data: created(), ...line, seq: 0 },
    { ...turnEnded, data: { ...turnEnded.data, stream }, ...line, seq: 1 },
  ];
  assert.equal(recordedBy(stream.sha256, events), 'what event 1 (turn.ended) recorded');
  assert.equal(recordedBy('f'.repeat(64), events), `the blob ${'f'.repeat(64)}`);
});
