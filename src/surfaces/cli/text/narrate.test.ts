import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { NarrativeLine, NextStep } from '../../../app/narrative/line.ts';
import type { Step } from '../../../domain/goal/step.ts';
import type { Question } from '../../../domain/evidence/question.ts';
import type { Status } from '../../../domain/status.ts';
import { narrativeText } from './narrate.ts';

const goal = 'g-20260131-abcdef';
const standing = (more: Partial<Extract<NarrativeLine, { kind: 'standing' }>> = {}): NarrativeLine => ({
  kind: 'standing',
  status: 'ready',
  deserted: false,
  after: null,
  given: false,
  attempts: 1,
  ms: 72_000,
  used: { tokens: '1,200', dollars: null },
  ...more,
});
type Code = 'no_criterion' | 'cannot_run' | 'contract_changed';
function question(code: Code): Question {
  const all = { id: 'q1', subject: 'goal', text: 'Which?\ntests  one' };
  switch (code) {
    case 'no_criterion':
      return { ...all, code };
    case 'cannot_run':
      return { ...all, code, gates: ['test'] };
    case 'contract_changed':
      return { ...all, code, paths: [] };
  }
}
const text = (lines: readonly NarrativeLine[], brief = true): readonly string[] =>
  narrativeText(lines, { goal, colour: false, brief });
const first = (line: NarrativeLine): string => text([line])[0] ?? '';
const next = (...steps: readonly NextStep[]): NarrativeLine => ({ kind: 'next', steps });

suite('how a goal stands', () => {
  const SAID: readonly (readonly [Status, string])[] = [
    ['running', 'running: a process works on the goal'],
    ['paused', 'paused: stopped; the work is kept'],
    ['ready', 'ready: done and proven'],
    ['not_ready', 'not_ready: work was attempted; this is missing'],
    ['blocked_on_human', 'blocked_on_human: a person has to decide'],
    ['blocked_on_external', 'blocked_on_external: something outside omk is missing'],
    ['needs_more_budget', 'needs_more_budget: the budget is spent'],
    ['failed_infra', 'failed_infra: omk or this machine failed'],
    ['cancelled', 'cancelled: cancelled by a person; it cannot be resumed'],
  ];
  for (const [status, said] of SAID) test(status, () => assert.equal(first(standing({ status, attempts: 0 })), said));

  const STEPS: readonly (readonly [Step, RegExp])[] = [
    ['execute', /nothing was merged$/],
    ['verify', /no agent was started and nothing was merged$/],
    ['integrate', /^paused: accepted work was merged; no agent was started$/],
  ];
  for (const [after, said] of STEPS)
    test(`after the step ${after}`, () =>
      assert.match(first(standing({ status: 'paused', after, attempts: 0 })), said));

  test('a change that was given is judged, not done', () =>
    assert.equal(first(standing({ given: true, attempts: 0 })), 'ready: judged and proven'));
  test('a goal that no process works on is interrupted, whatever its status', () =>
    assert.match(first(standing({ status: 'running', deserted: true })), /^interrupted: no process works on it/));
  test('what it cost, as far as the agent says', () => {
    assert.match(first(standing()), / \(1m 12s; the agent reports 1,200 tokens, cost unknown\)$/);
    const none = { tokens: null, dollars: null };
    assert.match(first(standing({ used: none })), / \(1m 12s, no usage reported\)$/);
    assert.match(first(standing({ used: { ...none, dollars: '$0.10' } })), /unknown tokens, \$0\.10\)$/);
  });
});

suite('what to do next', () => {
  test('a person at a terminal sees the other steps on one line, without the check of the proof', () =>
    assert.deepEqual(text([next({ does: 'apply' }, { does: 'look' }, { does: 'verify' }, { does: 'read_log' })]), [
      `  next     omk goal apply ${goal}`,
      `           to look first: omk goal diff ${goal}; what the agent did: omk goal log ${goal}`,
    ]));
  test('the whole story has a line for each', () =>
    assert.deepEqual(
      text([next({ does: 'resume' }, { does: 'verify' }, { does: 'apply_not_ready' })], false).slice(1),
      [
        `  next     omk goal resume ${goal}`,
        `           to check the proof: omk verify ${goal}`,
        `           to apply it anyway: its work is kept: omk goal diff ${goal}, or omk goal apply ${goal} --not-ready`,
      ],
    ));
  test('a remedy that was recorded without the name of the goal gets it', () =>
    assert.equal(
      text([next({ does: 'mend', text: 'install npm, then omk goal resume' })])[0],
      `  next     install npm, then omk goal resume ${goal}`,
    ));
  test('nothing is said where there is nothing to do', () => assert.deepEqual(text([next()]), []));

  const ANSWERS: readonly (readonly [Code, string])[] = [
    [
      'no_criterion',
      `omk goal answer ${goal} --accept when the existing gates are enough; then omk goal resume ${goal}`,
    ],
    [
      'cannot_run',
      `mend it, then omk goal resume ${goal}; or omk goal answer ${goal} --accept (work all the same); then omk goal resume ${goal}`,
    ],
    ['contract_changed', `omk goal diff ${goal}; omk goal answer ${goal} --accept; then omk goal resume ${goal}`],
  ];
  for (const [code, said] of ANSWERS)
    test(`an answer to ${code}`, () => {
      const step: NextStep = { does: 'answer', with: ['accept'], gates: [] };
      const lines = text([standing({ attempts: 0 }), { kind: 'question', question: question(code) }, next(step)]);
      assert.deepEqual(lines.slice(1, 3), ['  question Which?', '           tests     one']);
      assert.equal(lines[3], `  next     ${said}`);
    });
  test('each form of an answer is a flag', () => {
    const step: NextStep = {
      does: 'answer',
      with: ['check', 'reject', 'text', 'choose', 'known_red'],
      gates: ['a', 'b'],
    };
    const said = text([next(step)])[0] ?? '';
    for (const flag of [
      '--check "',
      '--reject "<why>"',
      '--text "<answer>"',
      '--choose <number>',
      '--known-red a --known-red b',
    ])
      assert.ok(said.includes(flag), flag);
  });
});

suite('what the checks say', () => {
  const pass: NarrativeLine = {
    kind: 'gate',
    gate: 'test',
    verdict: { kind: 'pass' },

    flaky: false,
    passed: 2,
  };
  const fail: NarrativeLine = {
    ...pass,
    gate: 'lint',
    verdict: { kind: 'fail', code: 'E_EXIT', detail: 'exit\n1' },
    passed: null,
  };
  test('gates that pass share a line, others have their own', () =>
    assert.deepEqual(text([pass, { ...pass, gate: 'unit', passed: 1 }, { ...pass, gate: 'e2e', flaky: true }, fail]), [
      '  checked  test: pass, 2 tests passed; unit: pass, 1 test passed',
      '  gate     e2e: pass, but flaky, 2 tests passed',
      '  gate     lint: fail: exit 1 (E_EXIT)',
    ]));
  test('a gate that was not run is said not to have been', () => {
    assert.deepEqual(text([{ ...pass, verdict: null }], false).slice(1), ['  gate     test: not run on the candidate']);
  });
  test('checks that the agent never saw are named apart from frozen tests', () =>
    assert.deepEqual(
      text([
        { kind: 'checks', hidden: true, files: 2, found: 'shown' },
        { kind: 'checks', hidden: false, files: 1, found: 'no_oracle' },
      ]),
      ['  held-out 2 files: pass, and fail where they must', '  frozen   1 file of tests: do not fail where they must'],
    ));
});

suite('what is missing and what is left open', () => {
  const missing = (n: number): NarrativeLine => ({
    kind: 'missing',
    code: 'G_GATE_FAILED',
    subject: 'test',
    text: `gate ${n} failed (E_EXIT)`,
  });
  test('gaps of one kind are cut, and a code joins the code before it', () => {
    const lines = text([1, 2, 3, 4, 5, 6, 7].map(missing));
    assert.equal(lines.length, 6);
    assert.equal(lines[0], '  missing  gate 1 failed (E_EXIT, G_GATE_FAILED)');
    assert.equal(lines[5], '  missing  and 2 more like it (G_GATE_FAILED)');
  });
  test('limits share a line at a terminal', () => {
    const limits: readonly NarrativeLine[] = [
      { kind: 'limit', code: 'K_EXIT_ONLY', text: 'a' },
      { kind: 'limit', code: 'K_NO_CANARY', text: 'b' },
    ];
    assert.deepEqual(text(limits), ['  limits   a (K_EXIT_ONLY); b (K_NO_CANARY)']);
    assert.deepEqual(text(limits, false).slice(1), ['  limit    a (K_EXIT_ONLY)', '  limit    b (K_NO_CANARY)']);
  });
  test('what failed before any change names three tests at most', () =>
    assert.equal(
      text([{ kind: 'red_before', gate: 'test', tests: ['a', 'b', 'c', 'd'], failing: 5 }])[0],
      '  before   test: 4 of 5 failing tests (a; b; c; …) failed before any change. If that is not the goal: ' +
        'omk run --known-red test --check "<command that fails now and must pass>" "<goal>"',
    ));
  test('who wrote the tests that show the goal, and who read them', () => {
    const line: NarrativeLine = {
      kind: 'new_tests',
      tests: 2,
      by: null,
      before: true,
      hidden: 1,
      approved: false,
      faults: 'they noticed 3 of 4 planted faults',
    };
    assert.equal(
      text([line])[0],
      '  tests    2 new tests and 1 file hidden from the worker, written by the agent before the work; no person read ' +
        `them; they noticed 3 of 4 planted faults. Read them: omk goal diff --checks ${goal}`,
    );
    assert.match(
      text([{ ...line, before: false, hidden: 0, approved: true }])[0] ?? '',
      /with the change; you approved them/,
    );
  });
});

test('the whole story has everything that is known, in one order, and no text of others breaks a line', () => {
  const lines = text(
    [
      standing(),
      { kind: 'here', text: 'no\nsandbox' },
      { kind: 'goal', goal, title: 'Add\na flag' },
      { kind: 'origin', origin: { kind: 'issue', number: 4, url: 'https://x/4' } },
      { kind: 'work', attempts: 1, turns: 2, before: 1, agent: null },
      { kind: 'changes', files: [{ path: 'a\nb', change: 'added' }] },
      { kind: 'result', commit: 'c'.repeat(40), tree: 'd'.repeat(40) },
      { kind: 'folder', path: '/state/g' },
    ],
    false,
  );
  assert.deepEqual(lines.slice(2), [
    '  here     no sandbox',
    `  goal     ${goal}  Add a flag`,
    '  from     issue #4: https://x/4',
    '  work     1 attempt, 2 turns of no agent, and 1 session before it',
    '  changes  added a b',
    '  result   commit cccccccccccc, tree dddddddddddd',
    '  folder   /state/g',
  ]);
});

test('before the work there is nothing but the question', () => {
  const lines = text([
    standing({ status: 'blocked_on_human', attempts: 0 }),
    { kind: 'question', question: question('no_criterion') },
    { kind: 'changes', files: [] },
  ]);
  assert.equal(
    lines.some((line) => line.includes('changes')),
    false,
  );
});
