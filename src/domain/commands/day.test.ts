import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { withoutDay } from './day.ts';

const AT = '2026-11-30T17:00:00.000Z';

test('the date of the day is taken out as programs print it, in both zones', () => {
  for (const text of [
    '2026-11-30',
    'Nov 30 2026',
    'November 30, 2026',
    '30 Nov 2026',
    '30.11.2026',
    '11/30/2026',
    '2026/12/01',
  ])
    assert.equal(withoutDay(`at ${text}.`, AT, 0), 'at [today].');
  assert.equal(
    withoutDay('at 2026-12-01', '2026-11-30T09:59:59.000Z', 500),
    'at 2026-12-01',
    'not tomorrow anywhere yet',
  );
});

test('other text stays as it is', () => {
  assert.equal(withoutDay('2026-11-29, 2026, 30, Nov', AT, 0), '2026-11-29, 2026, 30, Nov');
  fc.assert(fc.property(fc.string(), (text) => text.includes('2026') || withoutDay(text, AT, 1000) === text));
});

test('property: what is printed on one day is what is printed on another', () => {
  const day = fc.integer({ min: 1, max: 20_000 }).map((days) => new Date(days * 86_400_000 + 3_600_000).toISOString());
  const printed = (at: string): string => withoutDay(`on ${at.slice(0, 10)}`, at, 10);
  fc.assert(fc.property(day, day, (one, other) => printed(one) === printed(other)));
});
