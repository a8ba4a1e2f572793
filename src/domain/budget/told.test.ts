import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import type { UsageEntry } from './usage-entry.ts';
import { canonical } from '../canonical.ts';
import { Told } from './told.ts';

const entry = (key: string): UsageEntry => ({
  key,
  sessionType: 'attempt',
  name: 'attempt-1',
  attempt: 1,
  turn: 1,
  reporting: 'call',
  model: null,
  inputTokens: '1',
  cachedTokens: null,
  outputTokens: '1',
  picoUsd: null,
  priced: null,
});
const keys = (told: Told): readonly string[] => [...told].map((each) => each.key);

suite('what was told', () => {
  test('is a value: every version stays as it was, whichever of them is added to', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 30 }), (from) => {
        const versions = [{ told: Told.none(), keys: [] as readonly string[] }];
        for (const [index, at] of from.entries()) {
          const base = versions[at % versions.length];
          if (base) versions.push({ told: base.told.with(entry(`k${index}`)), keys: [...base.keys, `k${index}`] });
        }
        for (const version of versions) {
          assert.deepEqual([keys(version.told), version.told.size], [version.keys, version.keys.length]);
          for (const index of from.keys())
            assert.equal(version.told.has(`k${index}`), version.keys.includes(`k${index}`));
          assert.equal(version.told.findLast(() => true)?.key, version.keys.at(-1));
        }
      }),
    );
  });

  test('added twice to the same version, in any form, it is there once in each', () => {
    const base = Told.none().with(entry('a'));
    const one = base.with(entry('b'));
    const two = base.with(JSON.parse(canonical(entry('b'))));
    const other = base.with({ ...entry('b'), outputTokens: '2' });
    for (const each of [one, two, other]) assert.deepEqual(keys(each), ['a', 'b']);
    assert.deepEqual(
      [one, two, other].map((each) => each.findLast(() => true)?.outputTokens),
      ['1', '1', '2'],
    );
    assert.deepEqual(keys(two.with(entry('c'))), ['a', 'b', 'c']);
    assert.deepEqual(keys(one), ['a', 'b']);
  });

  test('reads a report as often however many there are', () => {
    let read = 0;
    const counted = (key: string): UsageEntry => ({
      ...entry(key),
      get key() {
        read += 1;
        return key;
      },
    });
    const reports = Array.from({ length: 1_000 }, (_, n) => counted(String(n)));
    // Thrice each, as an event is folded: to see whether it is admitted, for its checkpoint, and when it was appended.
    const told = reports.reduce(
      (before, report) => [1, 2, 3].map(() => before.with(report)).at(-1) ?? assert.fail(),
      Told.none(),
    );
    assert.equal(told.size, 1_000);
    assert.ok(read <= 3_000, `${read} reads of 1000 reports: all of them were copied for each`);
  });
});
