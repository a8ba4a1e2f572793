import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { MASK, redact } from './redact.ts';

const value = fc.stringMatching(/^[!-Z]{8,12}$/);

test('property: no known value of eight characters is left, also where one holds another', () =>
  fc.assert(
    fc.property(value, value, fc.constantFrom('', ' ', 'é'), (inner, outer, gap) => {
      const whole = `${outer}${inner}${outer}`;
      const text = redact(`a${gap}${whole}${gap}b${gap}${inner}`, [inner, whole]);
      assert.equal(text, `a${gap}${MASK}${gap}b${gap}${MASK}`);
    }),
  ));

test('a value of seven characters is a word', () => {
  assert.equal(redact('run letmein now', ['letmein']), 'run letmein now');
  assert.equal(redact('run letmein1 now', ['letmein1']), `run ${MASK} now`);
});
