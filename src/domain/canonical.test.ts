import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from './testing/fast-check.ts';
import { canonical, isCanonical, type Json } from './canonical.ts';

const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, false),
    fc.maxSafeInteger().map((n) => n + 0),
    fc.string({ unit: 'binary' }),
    fc.array(tie('value')),
    fc.dictionary(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('__proto__', '10', '9', 'a', 'A', 'é', '\ud83d', '\uffff'),
      ),
      tie('value'),
    ),
  ),
})).value;

/** The same value with the members of every object in another order. */
const reversed = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  );
};

suite('canonical JSON', () => {
  test('reads back as what was written', () => {
    fc.assert(fc.property(json, (value) => assert.equal(canonical(JSON.parse(canonical(value))), canonical(value))));
    fc.assert(
      fc.property(json, (value) => assert.deepEqual(JSON.parse(canonical(value)), JSON.parse(JSON.stringify(value)))),
    );
  });

  test('does not depend on the order of keys', () => {
    fc.assert(fc.property(json, (value) => assert.equal(canonical(reversed(value)), canonical(value))));
  });

  test('is told from every other text of the same value', () => {
    const texts = fc.oneof(
      json.map(canonical),
      json.map((value) => JSON.stringify(reversed(value))),
      json.map((value) => JSON.stringify(value, null, 1)),
      fc.constantFrom(
        '-0',
        '1.0',
        '1e2',
        '0.5',
        '[1.5]',
        '{"b":1,"a":2}',
        '{"9":1,"10":2}',
        '{"10":1,"9":2}',
        '"\\u0041"',
      ),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const value: unknown = JSON.parse(text);
        const exact = ((): boolean => {
          try {
            return canonical(value) === text;
          } catch {
            return false;
          }
        })();
        assert.equal(isCanonical(text, value), exact);
      }),
      { numRuns: 1000 },
    );
  });

  test('is one line', () => {
    fc.assert(fc.property(json, (value) => assert.ok(!/[\r\n]/.test(canonical(value)))));
  });

  test('sorts keys by UTF-16 code units and leaves no space', () => {
    assert.equal(
      canonical({ b: 1, a: [2, { d: null, c: true }], A: '\u20ac', '\ud83d\ude00': 0, '\ufb33': 0 }),
      '{"A":"€","a":[2,{"c":true,"d":null}],"b":1,"😀":0,"\ufb33":0}',
    );
    assert.equal(canonical({ a: undefined, b: 1 }), '{"b":1}');
  });

  test('refuses what has no one text', () => {
    const refused = [
      0.5,
      -0,
      NaN,
      Infinity,
      2 ** 53,
      undefined,
      () => 1,
      Symbol('x'),
      1n,
      [undefined],
      [1.5],
      { a: { b: NaN } },
      new Map([[1, 2]]),
      new Set(),
      new Date(0),
      new (class X {})(),
    ];
    for (const value of refused) assert.throws(() => canonical(value), TypeError);
    assert.throws(() => canonical(Array.from({ length: 2 }).toSpliced(0, 1)), TypeError);
    const hole = [1, 2];
    delete hole[0];
    assert.throws(() => canonical(hole), TypeError);
  });

  test('takes objects without a prototype', () => {
    assert.equal(canonical(Object.assign(Object.create(null), { a: 1 })), '{"a":1}');
    assert.equal(canonical(Number.MAX_SAFE_INTEGER), '9007199254740991');
  });
});
