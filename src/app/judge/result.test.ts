import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BASE, examinedOf } from '../../domain/testing/build.ts';
import { givenChange } from '../../domain/testing/given.ts';
import { play } from '../../domain/testing/ready.ts';
import { resultOf } from './result.ts';

const base = { commit: 'c'.repeat(40), tree: BASE, why: 'HEAD' };
const AROUND = { goal: 'g-20260101-abcdef', base, leftOut: [], folder: '.', ms: 0 };

test('a change of .omk/ is not called one that leaves the contract as it was', () => {
  const isUnchanged = (policyPaths: readonly string[]): boolean => {
    const { state } = play({ ...givenChange(), examine: (candidate) => examinedOf(candidate, { policyPaths }) });
    return resultOf(state, [], AROUND).levels.contractUnchanged;
  };
  assert.equal(isUnchanged([]), true);
  assert.equal(isUnchanged(['.omk/gates.toml']), false);
});
