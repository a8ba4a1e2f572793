import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fc } from '../../domain/testing/fast-check.ts';
import { logOf, sampleEvents } from '../testing/sample-goal.ts';
import { checkChain } from './check-chain.ts';
import type { LogEnd, StoredLine } from './check-chain.ts';
import { hashOf } from './seal.ts';

const rows: readonly StoredLine[] = logOf(sampleEvents).map(({ line }, seq) => ({
  seq,
  line,
  hash: hashOf(line),
  places: null,
}));
const end: LogEnd = { version: rows.length, tip: rows.at(-1)?.hash ?? '' };
const index = fc.nat({ max: rows.length - 1 });

/** One thing in what is stored that is not as it was written. */
type Damage = (stored: readonly StoredLine[]) => { readonly stored: readonly StoredLine[]; readonly end: LogEnd };
const edit =
  (at: number, change: (row: StoredLine) => StoredLine): Damage =>
  (stored) => ({ stored: stored.with(at, change(stored[at] ?? assert.fail())), end });
const flip = (text: string, at: number): string => {
  const place = at % text.length;
  return `${text.slice(0, place)}${text[place] === '0' ? '1' : '0'}${text.slice(place + 1)}`;
};
const damage = fc.oneof(
  fc.tuple(index, fc.nat()).map(([at, place]) => edit(at, (row) => ({ ...row, line: flip(row.line, place) }))),
  // The line and its hash changed together.
  fc
    .tuple(index, fc.nat())
    .map(([at, place]) =>
      edit(at, (row) => ({ ...row, line: flip(row.line, place), hash: hashOf(flip(row.line, place)) })),
    ),
  fc
    .tuple(index, fc.nat({ max: 63 }))
    .map(([at, place]) => edit(at, (row) => ({ ...row, hash: flip(row.hash, place) }))),
  fc.tuple(index, fc.nat()).map(([at, by]) => edit(at, (row) => ({ ...row, seq: row.seq + by + 1 }))),
  index.map((at): Damage => (stored) => ({ stored: stored.toSpliced(at, 1), end })),
  index.map((keep): Damage => (stored) => ({ stored: stored.slice(0, keep), end })),
  fc
    .nat({ max: 40 })
    .filter((version) => version !== end.version)
    .map((version): Damage => (stored) => ({ stored, end: { ...end, version } })),
  fc.nat({ max: 63 }).map((place): Damage => (stored) => ({ stored, end: { ...end, tip: flip(end.tip, place) } })),
);

describe('the chain of a log', () => {
  it('holds from any start', () => {
    for (let first = 0; first <= rows.length + 1; first += 1) {
      assert.equal(checkChain('g-1', first, rows.slice(first), end).length, Math.max(0, rows.length - first));
    }
  });

  it('shows any one thing that was changed', () => {
    fc.assert(
      fc.property(damage, (inflict) => {
        const { stored, end: said } = inflict(rows);
        assert.throws(() => checkChain('g-1', 0, stored, said), { code: /^STORE_(CORRUPT|NEWER)$/, exit: 6 });
      }),
      { numRuns: 2000 },
    );
  });
});
