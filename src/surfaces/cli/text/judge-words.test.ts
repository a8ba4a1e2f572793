import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JudgedGate } from '../../../app/judge/judge.ts';
import { gateWords } from './judge-words.ts';

const gate = { id: 'npm-test', required: true, command: 'npm test', folder: '.', missing: [], flaky: [], passed: 2 };

test('a gate that ran no test of the change is not said to have passed tests', () => {
  const none: JudgedGate = {
    ...gate,
    verdict: { kind: 'fail', code: 'E_NOTHING_RAN', detail: 'no test was executed' },
  };
  assert.equal(gateWords(none), 'fail: no test was executed (E_NOTHING_RAN)');
  assert.equal(gateWords({ ...gate, verdict: { kind: 'pass' } }), 'pass, 2 tests passed');
});
