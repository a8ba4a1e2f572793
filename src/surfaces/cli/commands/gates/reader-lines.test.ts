import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GateSpec } from '../../../../domain/gates/gate.ts';
import { READER_NAMES } from '../../../../domain/gates/reader-names.ts';
import { checkGate, gateSpec } from '../../../../domain/testing/build.ts';
import { parseGatesFile } from '../../../../world/gates/config/parse.ts';
import { draftsOf } from '../../../../world/gates/config/spec.ts';
import { readerLines } from './reader-lines.ts';

test('a gate that is read says by what, a command that it needs no reader', () => {
  assert.deepEqual(readerLines(gateSpec({ reader: 'jest' })), ['  reader   jest']);
  assert.match(
    readerLines(gateSpec({ reader: 'exit_only', kind: 'command' })).join('\n'),
    /its exit code is its meaning/,
  );
});

test('tests that are not counted: what to write is said, with every reader there is', () => {
  const text = readerLines(gateSpec({ reader: 'exit_only', kind: 'test', argv: ['make', 'say "x"'] })).join('\n');
  assert.ok(text.includes('.omk/gates.toml') && text.includes('omk init'));
  for (const name of READER_NAMES) assert.ok(name === 'exit_only' || text.includes(name), name);
});

const COMMANDS: readonly GateSpec['argv'][] = [
  ['sh', '-c', 'npx jest && npx mocha'],
  ['make', 'test'],
  ['make', 'say "x"', 'a\\b', ''],
  ['./it is a test'],
  ["./it's"],
];

test('what to write, pasted, is the same gate', () => {
  for (const source of [
    { kind: 'check', text: 'x' },
    { kind: 'detected', detector: 'npm', because: 'x' },
  ] as const)
    for (const argv of COMMANDS) {
      const gate = gateSpec({ id: 'npm-test-core', cwd: 'packages/core', argv, reader: 'exit_only', source });
      const lines = readerLines(gate);
      const toml = lines
        .slice(
          lines.findIndex((line) => line.endsWith('[[gates]]')),
          lines.findIndex((line) => line.endsWith('reader = "…"')) + 1,
        )
        .join('\n')
        .replace('…', 'jest');
      const [draft, ...others] = draftsOf(toml, parseGatesFile(toml), source);
      const { id, cwd, reader } = draft ?? {};
      assert.deepEqual(
        { id, argv: draft?.argv, cwd, reader, others },
        { id: 'npm-test-core', argv, cwd: 'packages/core', reader: 'jest', others: [] },
      );
    }
});

test('a gate of the file only needs its reader there', () => {
  const text = readerLines(
    gateSpec({
      id: 'unit',
      reader: 'exit_only',
      kind: 'test',
      source: { kind: 'file', path: '.omk/gates.toml', blob: 'b' },
    }),
  ).join('\n');
  assert.match(text, /reader = "…" {4}in the table of unit/);
  assert.doesNotMatch(text, /\[\[gates\]\]/);
});

test('a check that speaks of tests may have a runner behind it', () => {
  assert.match(
    readerLines(checkGate('check-1', { argv: ['make', 'test'] })).join('\n'),
    /no tests are counted\n(?:.*\n)+ *name = "check-1"\n *command = "make"\n *args = \["test"\]\n/,
  );
  assert.equal(readerLines(checkGate('check-1', { argv: ['make', 'lint'] })).length, 1);
});
