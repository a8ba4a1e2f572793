import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutSeed } from '../scripts/rooms/seeds.ts';
import { fc } from '../src/domain/testing/fast-check.ts';

test('a test that takes fast-check itself is named, and one that takes it with its seed is not', () => {
  assert.deepEqual(withoutSeed('src/a.test.ts', "\nimport fc from 'fast-check';"), [
    'src/a.test.ts:2: imports fast-check, which has its seed from src/domain/testing/fast-check.ts',
  ]);
  assert.deepEqual(withoutSeed('src/a.test.ts', "import { fc } from './domain/testing/fast-check.ts';"), []);
});

test('two runs have the same cases', () => {
  const cases = (): readonly number[] => {
    const seen: number[] = [];
    fc.assert(fc.property(fc.nat(), (number) => void seen.push(number)));
    return seen;
  };
  assert.deepEqual(cases(), cases());
});
