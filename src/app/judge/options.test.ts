import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requireOptions } from './options.ts';

test('every option is known by its name and its kind, and what is wrong is named', () => {
  requireOptions({});
  requireOptions({ change: 'a..b', expect: 'fix', checks: ['true'], env: { A: undefined }, notify: () => undefined });
  requireOptions({ change: { staged: true }, base: undefined, signal: new AbortController().signal });
  const refused = (request: unknown): string => {
    try {
      requireOptions(request);
    } catch (error) {
      return error instanceof Error ? error.message : '';
    }
    return 'nothing';
  };
  assert.equal(refused({ expects: 'fix' }), "judge has no option 'expects'");
  assert.equal(refused({ checks: 'npm test' }), "judge: option 'checks' must be a list of texts");
  assert.equal(refused({ expect: 'much' }), "judge: option 'expect' must be no-regression, fix, feature");
  assert.match(refused({ change: { stage: true } }), /^judge: option 'change' must be a range/);
  assert.match(refused({ cache: 'no' }), /option 'cache' must be true or false/);
});
