import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../../domain/testing/fast-check.ts';
import { changedLines } from './change.ts';
import { transcriptLines } from './transcript.ts';

test('a change is the lines that differ, with what stands around them', () => {
  assert.deepEqual(changedLines('a\nb\nc\nd\ne\nf\n', 'a\nb\nc\nX\ne\nf\n'), [' b', ' c', '-d', '+X', ' e', ' f']);
  assert.deepEqual(changedLines(null, 'new\nfile\n'), ['+new', '+file']);
  assert.deepEqual(changedLines('same\n', 'same\n'), [' same']);
});

test('a change loses nothing of what differs', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 }).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = changedLines(before, after);
      const kept = (sign: string): number => lines.filter((line) => line.startsWith(sign)).length;
      const count = (all: string): number => (all === '' ? 0 : all.replace(/\n$/u, '').split('\n').length);
      assert.equal(count(after) - count(before), kept('+') - kept('-'));
    }),
  );
});

test('a tool call shows its command, its diff and its output, without control sequences', () => {
  assert.deepEqual(
    transcriptLines({
      ms: 1500,
      kind: 'tool',
      id: 't',
      title: 'Edit\u001b[31m a.js',
      status: 'completed',
      input: 'sed -i x a.js',
      output: 'ok\u0007\n',
      diffs: [{ path: '/R/a.js', before: 'x\n', after: 'y\n' }],
    }),
    ['[1.5s] tool: Edit a.js (completed)', '  $ sed -i x a.js', '  edit /R/a.js', '    -x', '    +y', '  | ok'],
  );
});

test('long output is cut, and where all of it is, is said', () => {
  const output = Array.from({ length: 30 }, (_, n) => `${n}`).join('\n');
  const lines = transcriptLines({
    ms: 0,
    kind: 'tool',
    id: 't',
    title: 'x',
    status: 'completed',
    input: '',
    output,
    diffs: [],
  });
  assert.equal(lines.at(-1), '  | … 10 more lines: --json has all');
});
