import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../../domain/testing/fast-check.ts';
import { identifier, nameFrom, namesFrom, numbers, pascalCase, sentence, snakeCase } from './names.ts';

test('property: no name of a canary ends with another, whatever the style', () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom(sentence, snakeCase, pascalCase), (hex, style) => {
      const names = namesFrom(style, nameFrom(style, hex));
      for (const name of names)
        assert.deepEqual(
          names.filter((other) => other.endsWith(name)),
          [name],
        );
    }),
  );
});

test('property: names differ, look like those of ordinary tests, and are identifiers with underscores', () => {
  const seen = new Set<string>();
  for (let index = 0; index < 2000; index++) seen.add(nameFrom(sentence, String(index)));
  assert.equal(seen.size, 2000);
  for (const name of seen) {
    assert.match(name, /^[a-z]+ [a-z]+ [a-z]+ and [a-z]+ [a-z]+ for [a-z]+ [a-z]+$/);
    assert.match(identifier(name), /^[a-z_]+$/);
  }
});

test('the numbers of a canary differ from each other and from those of another', () => {
  const [a, b] = numbers('x');
  assert.equal(b, a + 1);
  assert.ok(Number.isSafeInteger(a) && a >= 0 && b < 2 ** 31 + 1);
  assert.notEqual(numbers('y')[0], a);
});
