import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Proven } from '../../../app/verify/report.ts';
import { fc } from '../../../domain/testing/fast-check.ts';
import { budgetLine } from './budget.ts';
import { changedLines } from './change.ts';
import { coded } from './coded.ts';
import { divergenceLines } from './divergence.ts';
import { documentLines } from './plan.ts';
import { nameGoal } from './name-goal.ts';
import { provenLines } from './proven.ts';
import { replayedLines } from './replayed.ts';
import { shortCount } from './short-count.ts';
import { timelineMarkdown } from './timeline.ts';

test('a plan is rows of text in which nothing of an agent breaks a line', () => {
  const lines = documentLines({
    class: 'refactor',
    criteria: [
      { id: 'c1', text: 'it\nadds', gate: 'test' },
      { id: 'c2', text: 'there', must: 'keep', fact: 'file a.js' },
      { id: 'c3', text: 'new', oracle: true },
      { id: 'c4', text: 'old', tests: ['t'], files: ['t.js'] },
      { id: 'c5', text: 'same', must: 'keep', capture: [{ run: 'a --x' }, { run: 'b' }] },
      { id: 'c6', text: 'fast', timing: { run: 'c', n: 5 } },
    ],
    tasks: [
      { id: 't1', title: 'one' },
      { id: 't2', title: 'two', needs: ['t1'], writes: ['src/**'] },
    ],
    interface: ['--flag'],
    questions: [
      { id: 'q1', text: 'Which?', default: 'this' },
      { id: 'q2', text: 'What?', why: 'it costs' },
    ],
    decisions: ['so'],
  });
  assert.deepEqual(lines, [
    '  class    refactor',
    '  shows    c1: it adds (gate test)',
    '  keeps    c2: there (read from the tree: file a.js)',
    '  shows    c3: new (tests are written for it)',
    '  shows    c4: old (t, t.js)',
    '  keeps    c5: same (the same as now: a --x, b)',
    '  shows    c6: fast (measured from outside: c)',
    '  names    --flag',
    '  task     t1: one',
    '  task     t2: two (after t1); may change src/**',
    '  question Which? Taken: this',
    '  question What? Work waits for an answer: it costs',
    '  decided  so',
  ]);
});

suite('a run that was executed again', () => {
  test('says what was made and what was given', () =>
    assert.deepEqual(
      replayedLines({
        kind: 'reproduced',
        executions: 1,
        events: 12,
        made: 10,
        gates: 1,
        rules: { there: 'judge/1', here: 'judge/2' },
      }),
      [
        'REPRODUCED: 10 events of 1 execution made again, byte for byte',
        '  1 gate run compared: verdict, exit, tests and changed paths are the same',
        '  judged by judge/1 then and by judge/2 here, with the same decisions',
        '  2 events not of an execution (how the goal began, other commands, people): given, as recorded',
      ],
    ));
  test('says why it cannot be', () =>
    assert.deepEqual(replayedLines({ kind: 'not_replayable', why: 'it has no cassette', fix: 'do this' }), [
      'NOT REPLAYABLE: it has no cassette',
      '  next    do this',
    ]));
  test('names what one side has and the other has not', () =>
    assert.deepEqual(replayedLines({ kind: 'diverged', seq: 3, why: 'more', recorded: null, here: null }), [
      'DIVERGED at seq 3: more',
      '  recorded  no more events',
      '  here      no event was made',
    ]));
});

test('a divergence names the fields that differ, five at most, and the line of a text', () => {
  const event = { v: 2, seq: 3, ts: '2026-01-01T00:00:00.000Z', prev: '0' } as const;
  const recorded = { ...event, type: 'goal.paused', data: { why: 'a' } } as const;
  assert.deepEqual(
    divergenceLines({
      seq: 3,
      why: '',
      recorded,
      here: { type: 'goal.paused', data: { why: 'b', step: 'verify' } },
      text: { line: 7, recorded: 'x', here: 'y' },
    }),
    [
      '  goal.paused',
      '  why',
      '    recorded  "a"',
      '    here      "b"',
      '  step',
      '    recorded  nothing',
      '    here      "verify"',
      '  line 7',
      '    recorded  "x"',
      '    here      "y"',
    ],
  );
});

suite('lines that changed', () => {
  test('are one stretch between two lines that stayed', () =>
    assert.deepEqual(changedLines('a\nb\nc\nd\ne\nf\n', 'a\nb\nc\nX\ne\nf\n'), [' b', ' c', '-d', '+X', ' e', ' f']));
  test('of a new file are all of it, and a long stretch is cut', () => {
    assert.deepEqual(changedLines(null, 'a\nb\n'), ['+a', '+b']);
    assert.equal(changedLines('', 'x\n'.repeat(70)).at(-1), '+… 10 more lines');
  });
  const lines = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 });
  test('property: what is taken away and what is added are the difference of both texts', () =>
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const found = changedLines(before.join('\n'), after.join('\n'));
        const count = (sign: string): number => found.filter((line) => line.startsWith(sign)).length;
        assert.equal(count('+') - count('-'), after.join('\n') === '' ? -before.length : after.length - before.length);
        assert.equal(
          found.some((line) => /^[+-]/.test(line)),
          before.join('\n') !== after.join('\n'),
        );
      }),
    ));
});

test('a code joins the codes that a text ends with', () => {
  assert.equal(coded('it failed', 'G_A'), 'it failed (G_A)');
  assert.equal(coded('it failed (E_B)', 'G_A'), 'it failed (E_B, G_A)');
  assert.equal(coded('it failed (as before)', 'G_A'), 'it failed (as before) (G_A)');
});

test('a command about a goal gets its name once', () => {
  const named = nameGoal('omk goal resume, then omk goal diff g-1 or omk goal list', 'g-20260131-abcdef');
  assert.equal(named, 'omk goal resume g-20260131-abcdef, then omk goal diff g-1 or omk goal list');
});

test('property: a count has six characters at most and never looks larger than it is', () => {
  for (const [count, text] of [
    [0n, '0'],
    [950n, '950'],
    [12_345n, '12.3k'],
    [1_200_000n, '1.2M'],
  ] as const)
    assert.equal(shortCount(count), text);
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 14n }), (count) => {
      assert.ok(shortCount(count).length <= 6);
    }),
  );
});

suite('the budgets on one line', () => {
  const row = { name: 'tokens', used: '500', total: '1,000', left: '500 left', spent: 500 } as const;
  const seen = { kind: 'rows', rows: [row], unknownTokens: 0, unknownCost: 0 } as const;
  test('say what is used of what', () => assert.equal(budgetLine(seen), 'budget: tokens 500 of 1,000 (50 %)'));
  test('say what is not known', () => {
    assert.equal(
      budgetLine({ ...seen, unknownTokens: 1 }),
      'budget: tokens 500 of 1,000 (50 %, 1 report without tokens)',
    );
    assert.equal(
      budgetLine({ ...seen, rows: [{ ...row, name: 'USD', used: 'unknown' }], unknownCost: 2 }),
      'budget: USD unknown of 1,000 (cannot bind: cost of 2 reports unknown)',
    );
  });
  test('are silent where nothing was used and nothing is limited', () =>
    assert.equal(budgetLine({ ...seen, rows: [] }), null));
  test('without a limit have no share', () =>
    assert.equal(budgetLine({ ...seen, rows: [{ ...row, spent: null }] }), 'budget: tokens 500'));
});

suite('what a bundle proves', () => {
  const proven: Proven = {
    goal: 'g-20260131-abcdef',
    status: 'ready',
    endedAt: '2026-01-31T12:00:00.000Z',
    base: 'b'.repeat(40),
    candidate: 'c'.repeat(40),
    head: 'd'.repeat(40),
    rules: 'judge/1',
    levels: ['OMK_READY', 'OMK_OF_TOMORROW'],
    gaps: [{ kind: 'known', code: 'K_EXIT_ONLY', subject: 'lint', text: 'by exit code' }],
    keyid: 'SHA256:x',
    signer: 'me',
    redacted: 1,
  };
  test('is told with codes behind the words', () =>
    assert.deepEqual(provenLines(proven), [
      `  base    ${'b'.repeat(40)}`,
      `  result  ${'d'.repeat(40)}`,
      '  key     SHA256:x (me)',
      '  rules   judge/1',
      '  shown   every required gate passed on the result (OMK_READY)',
      '  shown   a level of a newer omk (OMK_OF_TOMORROW)',
      '  limit   by exit code (K_EXIT_ONLY)',
      '  note    1 recorded file not in the bundle',
    ]));
  test('of a goal that is not ready is what it lacks, and of a cancelled one nothing is missing', () => {
    const gap = { kind: 'blocking', code: 'G_GATE_FAILED', subject: 'test', text: 'it fails', fix: '' } as const;
    const said = (status: Proven['status']): string =>
      provenLines({ ...proven, status, gaps: [gap], rules: null, redacted: 0 }).join('\n');
    assert.match(said('not_ready'), /missing it fails \(G_GATE_FAILED\)/);
    assert.match(said('not_ready'), /rules {3}none named: this proof is older than rule sets/);
    assert.doesNotMatch(said('not_ready'), /shown/);
    assert.doesNotMatch(said('cancelled'), /missing/);
  });
});

test('a timeline as Markdown keeps what agents wrote from being formatted', () => {
  const event = {
    type: 'goal.paused',
    data: { why: '' },
    v: 2,
    seq: 4,
    ts: '2026-01-01T00:00:00.000Z',
    prev: '0',
  } as const;
  const lines = timelineMarkdown('g-1', [{ seq: 4, afterMs: 3_723_004, event, lines: ['a|b <i>', 'c'] }]);
  assert.equal(lines.at(-1), '| 4 | 01:02:03.004 | a\\|b \\<i\\><br>c |');
});
