import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'vitest';
import { slug } from '#slug';
import { words } from '#words';

describe('slug', () => {
  it('joins words', () => equal(slug('one two'), 'one-two'));
  it('takes another separator', () => equal(slug('one two', { separator: '_' }), 'one_two'));
  it('is in lower case', () => {
    equal(slug('One Two'), 'one-two');
  });
});

describe('words', () => {
  it('leaves spaces out', () => deepEqual(words(' a  b '), ['a', 'b']));
});
