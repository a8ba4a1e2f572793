import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { JudgeResult } from '../../../app/judge/judge.ts';
import { blocks } from '../../../domain/goal/gap.ts';
import { examinedOf, FIX } from '../../../domain/testing/build.ts';
import { gate, result } from '../testing/judged.ts';
import { stopVerdict } from './verdict.ts';

const GOAL = result.goal;
const of = (more: Partial<JudgeResult>) => stopVerdict({ ...result, ...more }, 'it took too long');
const told = (more: Partial<JudgeResult>): string => {
  const verdict = of(more);
  return 'told' in verdict ? (verdict.told ?? '') : '';
};
const reason = (more: Partial<JudgeResult>): string => {
  const verdict = of(more);
  return 'reason' in verdict ? (verdict.reason ?? '') : '';
};
const red = { ...gate, verdict: { kind: 'fail', code: 'E_TESTS_FAILED', detail: 'x' } } as const;
const gaps = [
  blocks('G_GATE_FAILED', 'test', 'gate test\nfails', 'mend it'),
  blocks('G_OPEN_QUESTION', 'q', 'asked', 'answer it'),
];
const question = { id: 'q1', code: 'contract_changed', subject: FIX, text: 'Tests changed?', paths: [] } as const;
const blocked = { status: 'blocked_on_human', question } as const;

suite('what an agent that stops is told', () => {
  test('of a change that is ready: what is shown', () =>
    assert.deepEqual(of({}), {
      kind: 'ready',
      tree: FIX,
      told: `omk: ready: no regression · contract unchanged (omk verify ${GOAL})`,
    }));

  test('of a change that is not: what is missing in one line, and what to run', () => {
    const verdict = of({ status: 'not_ready', gaps, gates: [{ ...red, missing: ['adds', 'sub\ntracts'] }] });
    assert.equal(verdict.kind, 'not_ready');
    assert.equal(
      told({ status: 'not_ready', gaps, gates: [{ ...red, missing: ['adds', 'sub\ntracts'] }] }),
      `omk: not ready: gate test fails (omk goal show ${GOAL})`,
    );
    const lines = reason({ status: 'not_ready', gaps, gates: [{ ...red, missing: ['adds', 'sub\ntracts'] }] }).split(
      '\n',
    );
    assert.match(lines[0] ?? '', /^omk judged the change since bbbbbbbbbbbb by the gates and tests of that commit/);
    assert.deepEqual(lines.slice(1, 5), [
      '- gate test fails',
      'test runs `npm test`. These must run and pass:',
      '- adds',
      '- sub tracts',
    ]);
    assert.match(lines.at(-1) ?? '', /^Mend it, then stop again\. Make the code pass:/);
  });

  test('names twenty tests, and the folder that a gate runs in', () => {
    const missing = Array.from({ length: 22 }, (_, at) => `t${at}`);
    const text = reason({ status: 'not_ready', gaps, gates: [{ ...red, folder: 'packages/a', missing }] });
    assert.match(text, /^test runs `npm test` in packages\/a\. These must run and pass:$/m);
    assert.equal(text.match(/^- t\d+$/gm)?.length, 20);
    assert.match(text, /^- and 2 more$/m);
  });

  test('only of gates that are required and did not pass', () => {
    const gates = [
      gate,
      { ...red, id: 'optional', required: false },
      { ...gate, id: 'unrun', verdict: null },
      { ...red, id: 'lint' },
    ];
    const text = reason({ status: 'not_ready', gaps, gates });
    assert.deepEqual(text.match(/^\S+ runs/gm), ['lint runs']);
  });

  test('of a gate that fails with the own tests too: no person is asked first', () =>
    assert.equal(of({ ...blocked, gates: [red], gaps }).kind, 'not_ready'));
  for (const code of ['E_CONTRACT_CHANGED', 'E_MISSING_TESTS'] as const)
    test(`of ${code}: that is the question`, () => {
      const asked = { ...gate, verdict: { kind: 'fail', code, detail: 'x' } } as const;
      assert.equal(of({ ...blocked, gates: [asked], gaps }).kind, 'question');
    });
});

suite('a question', () => {
  test('that only a person can answer gives the agent nothing to do', () => {
    const verdict = of({ ...blocked, gaps });
    assert.equal(verdict.kind === 'question' && verdict.reason, null);
    assert.match(
      told({ ...blocked, gaps }),
      /^omk: a person must decide: Tests changed\? Yes: omk judge … --accept q1/,
    );
  });
  test('that an agent can make go away says how', () => {
    const tests = { changes: [{ kind: 'removed', path: 'a.test.js', test: 'adds' }], more: 0 } as const;
    assert.match(
      reason({ ...blocked, gaps, examined: examinedOf(FIX, { tests }) }),
      /What you changed in tests:\n- .*adds[^]*Put back tests and settings/,
    );
    const deleted = examinedOf(FIX, { contractChanges: [{ path: 'a.test.js', change: 'deleted' }] });
    assert.match(reason({ ...blocked, gaps, examined: deleted }), /Put back tests/);
    assert.match(reason({ ...blocked, gaps, question: { ...question, code: 'policy_touched' } }), /Put back tests/);
    const gained = { changes: [{ kind: 'added', path: 'a.test.js', test: 'adds' }], more: 0 } as const;
    assert.equal(reason({ ...blocked, gaps, examined: examinedOf(FIX, { tests: gained }) }), '');
  });
});

suite('what omk could not judge', () => {
  test('in the time that there was', () =>
    assert.deepEqual(of({ status: 'paused' }), {
      kind: 'unable',
      code: 'HOOK_TOO_LATE',
      told: `omk could not judge this: it took too long; omk goal resume ${GOAL} goes on`,
    }));
  test('for a failure, for what is missing here, or for no reason that is known', () => {
    const failure = { code: 'GATE_NOT_STARTED', text: 'no\nsandbox', fix: '' };
    assert.deepEqual(of({ status: 'failed_infra', failure }), {
      kind: 'unable',
      code: 'GATE_NOT_STARTED',
      told: `omk could not judge this (could not be judged): no sandbox; omk goal show ${GOAL}`,
    });
    const cannot = { id: 'q', code: 'cannot_run', subject: 'goal', text: 'npm is missing', gates: ['test'] } as const;
    assert.match(told({ status: 'blocked_on_human', question: cannot }), /: npm is missing; omk goal show/);
    assert.match(told({ status: 'failed_infra', gaps }), /: gate test fails; omk goal show/);
    assert.match(told({ status: 'failed_infra' }), /: it did not end; omk goal show/);
  });
});
