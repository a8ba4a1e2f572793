import assert from 'node:assert/strict';
import { test } from 'node:test';
import { READER_NAMES } from '../../../../domain/gates/gate.ts';
import { gateSpec } from '../../../../domain/testing/build.ts';
import { readerLines } from './reader-lines.ts';

test('a gate that is read says by what, a command that it needs no reader', () => {
  assert.deepEqual(readerLines(gateSpec({ reader: 'jest' })), ['  reader   jest']);
  assert.match(readerLines(gateSpec({ reader: 'exit_only', kind: 'command' })).join('\n'), /its exit code is its meaning/);
});

test('tests that are not counted: what to write is said, with every reader there is', () => {
  const text = readerLines(gateSpec({ reader: 'exit_only', kind: 'test', argv: ['make', 'say "x"'] })).join('\n');
  assert.ok(text.includes('command = "make say \\"x\\""') && text.includes('.omk/gates.toml'));
  for (const name of READER_NAMES) assert.ok(name === 'exit_only' || text.includes(name), name);
});
