import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../../domain/testing/fast-check.ts';
import { joinManifest } from '../../../domain/queue/join-manifest.ts';
import { joinSums } from './join-sums.ts';

const sums = (...lines: readonly string[]): string => lines.map((line) => `${line} h1:x=\n`).join('');

test('the checksums of both sides are kept, in the order of Go', () => {
  const ours = sums('a.org/x v1.9.0', 'a.org/x v1.9.0/go.mod', 'b.org/y v0.1.0/go.mod');
  const theirs = sums('a.org/x v1.10.0', 'a.org/x v1.10.0/go.mod', 'a.org/x v1.9.0/go.mod');
  assert.equal(
    joinManifest('tools/go.sum', { base: '', ours, theirs, marked: '' }),
    sums(
      'a.org/x v1.9.0',
      'a.org/x v1.9.0/go.mod',
      'a.org/x v1.10.0',
      'a.org/x v1.10.0/go.mod',
      'b.org/y v0.1.0/go.mod',
    ),
  );
});

test('sides that disagree about a checksum, and what is no go.sum, are not joined', () => {
  assert.equal(joinSums('a v1.0.0 h1:x=\n', 'a v1.0.0 h1:y=\n'), null);
  assert.equal(joinSums('a v1.0.0\n', ''), null);
  assert.equal(joinSums('a v1.0.0 h1:x= more\n', ''), null);
});

const lines = fc
  .array(fc.tuple(fc.constantFrom('a.org/x', 'a.org/x/y', 'b'), fc.nat(12), fc.constantFrom('', '/go.mod')))
  .map((list) => sums(...list.map(([module, minor, kind]) => `${module} v1.${minor}.0${kind}`)));

test('whose side is which does not matter, and nothing is there twice', () => {
  fc.assert(
    fc.property(lines, lines, (ours, theirs) => {
      const joined = joinSums(ours, theirs);
      assert.equal(joined, joinSums(theirs, ours));
      assert.deepEqual(
        joined?.split('\n').filter(Boolean).toSorted(),
        [...new Set(`${ours}${theirs}`.split('\n').filter(Boolean))].toSorted(),
      );
    }),
  );
});
