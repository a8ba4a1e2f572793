import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { examinedOf, FIX, shows } from '../testing/build.ts';
import { play } from '../testing/ready.ts';
import { readiness } from './readiness.ts';
import { GREEN, measure, open, resumes, verdict } from '../testing/trust.ts';

suite('T2 tests that are skipped or gone', () => {
  test('a skip that nothing in the base asks for is a test that was not executed', () => {
    const skipped = (more: object) =>
      play({ measure: measure({ contract: shows({ passed: ['adds', 'subtracts'], skipped: ['muls'] }, more) }) });
    assert.equal(skipped({}).state.status, 'ready', 'as in logs of before');
    const run = skipped({ unexplainedSkips: ['muls'] });
    assert.equal(run.state.status, 'not_ready');
    assert.equal(verdict(run), 'E_MISSING_TESTS');
  });

  test('a test that passed at the base and is gone is a question at the end, not a dead end', () => {
    const run = play({
      measure: measure({ baseline: shows({ passed: ['adds', 'row 2'], failed: ['subtracts'] }), contract: GREEN }),
    });
    assert.equal(run.state.status, 'blocked_on_human');
    assert.match(
      run.state.questions[0]?.question.text ?? '',
      /1 test that passed at the base is not run any more.*: row 2/,
    );
  });

  test('accepting that it is gone ends ready', () => {
    const run = play({
      measure: measure({ baseline: shows({ passed: ['adds', 'row 2'], failed: ['subtracts'] }), contract: GREEN }),
      answer: () => ({ kind: 'accept' }),
      whenStopped: resumes(1),
    });
    assert.equal(run.state.status, 'ready');
  });

  test('a red test that is gone is no question', () => {
    const run = play({ measure: measure({ contract: shows({ passed: ['adds'] }) }) });
    assert.equal(run.state.status, 'not_ready');
    assert.equal(run.state.questions.length, 0);
  });

  test('a suppression is a changed contract', () => {
    const suppressions = [{ path: 'a.ts', line: 1, text: '// @ts-nocheck' }];
    const run = play({
      examine: (candidate) =>
        examinedOf(candidate, {
          changes: [{ path: 'a.ts', change: 'modified', oldMode: '100644', newMode: '100644' }],
          suppressions,
        }),
    });
    assert.deepEqual(open(run), ['G_CONTRACT_CHANGED', 'G_NOT_INTEGRATED', 'G_OPEN_QUESTION']);
    assert.match(run.state.questions[0]?.question.text ?? '', /silenced {2}a\.ts:1 \/\/ @ts-nocheck/);
    assert.equal(verdict(run, FIX), 'pass');
  });

  const asking = (kind: 'tests' | 'process', answer?: 'accept') =>
    play({
      examine: (candidate) =>
        examinedOf(candidate, {
          changes: [{ path: 'a.ts', change: 'modified', oldMode: '100644', newMode: '100644' }],
          asksWhoRuns: [{ path: 'a.ts', line: 3, kind, text: 'if (process.env.VITEST)' }],
        }),
      ...(answer ? { answer: () => ({ kind: answer }), whenStopped: resumes(1) } : {}),
    });

  test('code that asks whether tests run it is a question, which a person can answer', () => {
    const run = asking('tests');
    assert.deepEqual(open(run), ['G_CONTRACT_CHANGED', 'G_NOT_INTEGRATED', 'G_OPEN_QUESTION']);
    assert.match(
      run.state.questions[0]?.question.text ?? '',
      /^New code asks whether tests run it.*: edited a\.ts\. Is it right outside of tests too\?\nasks {6}a\.ts:3 if/,
    );
    assert.equal(asking('tests', 'accept').state.status, 'ready');
  });

  test('code that asks how it was started is said, and not asked about', () => {
    const { state } = asking('process');
    assert.equal(state.status, 'ready');
    assert.match(
      readiness(state)
        .map(({ code, text }) => `${code} ${text}`)
        .join('\n'),
      /K_ASKS_HOW_IT_RUNS .*a\.ts:3/,
    );
  });
});
