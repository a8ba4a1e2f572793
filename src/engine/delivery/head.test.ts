import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wishedBase } from './head.ts';

test('a range is meant for the branch on its left, and never for the one that is checked out', () => {
  const meant = (name: string | null): string | null => {
    const given = name === null ? {} : { given: { name } };
    return wishedBase('origin', { repository: { branch: 'feature' }, ...given });
  };
  assert.equal(meant(null), 'feature', 'a goal of an agent began there');
  assert.equal(meant('main..HEAD'), 'main');
  assert.equal(meant('origin/release/1..feature'), 'release/1');
  assert.equal(meant('pull request #1'), null);
});
