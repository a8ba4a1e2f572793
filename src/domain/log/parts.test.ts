import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { suite, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { canonical } from '../canonical.ts';
import { LINE_BYTES, mayHaveParts, partContent, partsOf, putTogether, takeApart, type Parted } from './parts.ts';

const sha256 = (text: string): string => hash('sha256', text, 'hex');

const together = ({ data, blobs }: Parted): unknown =>
  putTogether(data, (part) => {
    assert.ok(part);
    const content = partContent(part, blobs.get(part.$blob) ?? null, sha256);
    assert.ok(content);
    return content.value;
  });

/** Canonical JSON, with the name that stands for parts among the keys, and now and then something large. */
const key = fc.oneof(fc.constantFrom('$blob', 'size', 'count', '__proto__'), fc.string({ maxLength: 6 }));
const large = fc.oneof(
  fc.integer({ min: 1, max: 30_000 }).map((length) => 'é'.repeat(length)),
  fc.integer({ min: 1, max: 900 }).map((length) => Array.from({ length }, (_, index) => `test ${index} of many`)),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)),
    large,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 6 }),
  ),
}));
const data = fc.dictionary(key, value, { maxKeys: 8, noNullPrototype: true });

suite('parts of events', () => {
  test('whatever the data, what is left fits a line, and the parts make it whole again', () => {
    fc.assert(
      fc.property(data, (whole) => {
        const parted = takeApart(whole, sha256);
        assert.ok(Buffer.byteLength(canonical(parted.data)) <= LINE_BYTES - 512);
        assert.deepEqual([...partsOf(parted.data)].sort(), [...parted.blobs.keys()].sort());
        assert.equal(canonical(together(parted)), canonical(whole));
      }),
      { numRuns: 300 },
    );
  });

  test('a small event stays as it is; of a large one only what is large goes', () => {
    const small = { gate: 'unit', tests: ['a'] };
    assert.equal(takeApart(small, sha256).data, small);
    const tests = Array.from({ length: 5000 }, (_, index) => `suite > test ${index} does what it should`);
    const { data: rest, blobs } = takeApart({ gate: 'unit', report: { kind: 'tests', passed: tests } }, sha256);
    const text = canonical(tests);
    assert.deepEqual(rest, {
      gate: 'unit',
      report: { kind: 'tests', passed: { $blob: sha256(text), size: text.length, count: 5000 } },
    });
    assert.deepEqual([...blobs.values()], [text]);
  });

  test('what looks like a part in small data is never read as one', () => {
    const parted = takeApart({ words: { $blob: 'a'.repeat(64), size: 3 } }, sha256);
    assert.equal(parted.blobs.size, 1);
    assert.deepEqual(together(parted), { words: { $blob: 'a'.repeat(64), size: 3 } });
    assert.equal(mayHaveParts(canonical({ text: '{"$blob":1}' })), false);
  });

  test('a part of another content, size or length is none', () => {
    const text = canonical(['a', 'b']);
    const part = { $blob: sha256(text), size: text.length, count: 2 };
    assert.deepEqual(partContent(part, text, sha256), { value: ['a', 'b'] });
    assert.equal(partContent(part, null, sha256), null);
    assert.equal(partContent(part, canonical(['a', 'c']), sha256), null);
    assert.equal(partContent({ ...part, size: 1 }, text, sha256), null);
    assert.equal(partContent({ ...part, count: 3 }, text, sha256), null);
    const loose = '["a", "b"]';
    assert.equal(partContent({ $blob: sha256(loose), size: loose.length }, loose, sha256), null);
  });

  test('what names no part says so', () => {
    for (const wrong of [
      { $blob: 'x', size: 1 },
      { $blob: 'a'.repeat(64) },
      { $blob: 'a'.repeat(64), size: 1, more: 1 },
    ]) {
      const seen: unknown[] = [];
      putTogether({ wrong }, (part) => seen.push(part));
      assert.deepEqual(seen, [null]);
      assert.deepEqual([...partsOf({ wrong })], []);
    }
  });
});
