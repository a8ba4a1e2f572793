import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { fc } from '../../../domain/testing/fast-check.ts';
import stringWidth from 'string-width';
import { renderLive } from './render.ts';
import type { LiveView } from '../../../app/live/view.ts';

const view: LiveView = {
  goal: 'g-20260131abcdef',
  title: 'Make the failing test pass',
  status: 'running',
  phase: 'judging',
  task: 't1',
  attempt: 1,
  turn: 2,
  tool: { title: 'Edit src/sum.js', status: 'completed' },
  budget: null,
  waitsUntil: null,
  waitsFor: 'usage_limit',
  says: 'The test is fixed.',
  gates: [
    { id: 'test', state: 'fail', detail: 'E_TESTS_FAILED' },
    { id: 'types', state: 'pass', detail: null },
    { id: 'lint', state: 'running', detail: null },
  ],
  tasks: [],
  startedAt: 1_000,
};
const plain = { columns: 80, rows: 24, colour: false, now: 73_000 };

test('a run is shown with what it does, what the agent says and what the gates found', () => {
  assert.deepEqual(renderLive(view, plain), [
    'running  1m 12s  g-20260131abcdef',
    'Make the failing test pass',
    '  judging · attempt 1 · turn 2 · task t1',
    '  ▸ Edit src/sum.js (completed)',
    '  says: The test is fixed.',
    '  ✗ test   fail  E_TESTS_FAILED',
    '  ✓ types  pass',
    '  ▸ lint   running',
  ]);
});

test('a wait for a usage limit is shown with the time it ends and what is left of it, and the burn-down of the budgets', () => {
  const waits: LiveView = {
    ...view,
    phase: 'waits',
    tool: null,
    says: null,
    gates: [],
    waitsUntil: '1970-01-01T00:15:13.000Z',
    budget: {
      kind: 'rows',
      rows: [{ name: 'tokens', used: '500', total: '1,000', left: '500 left', spent: 500 }],
      unknownTokens: 0,
      unknownCost: 0,
    },
  };
  assert.deepEqual(renderLive(waits, plain).slice(2), [
    '  waits · attempt 1 · turn 2 · task t1',
    '  usage limit of the agent: waits until 1970-01-01T00:15:13.000Z, 14m 00s left',
    '  budget: tokens 500 of 1,000 (50 %)',
  ]);
  assert.equal(
    renderLive({ ...waits, waitsFor: 'overloaded' }, plain)[3],
    '  no answer from the service: waits until 1970-01-01T00:15:13.000Z, 14m 00s left',
  );
});

test('what is not known yet takes no line', () => {
  const early: LiveView = {
    ...view,
    phase: 'baseline',
    task: null,
    attempt: null,
    turn: null,
    tool: null,
    says: null,
    gates: [],
  };
  assert.deepEqual(renderLive(early, plain), [
    'running  1m 12s  g-20260131abcdef',
    'Make the failing test pass',
    '  baseline',
  ]);
});

test('twenty columns and wide characters', () => {
  const wide: LiveView = {
    ...view,
    title: '失敗しているテストを直してください',
    says: '👩‍👩‍👧‍👦 直しました、テストは全部通ります',
  };
  assert.deepEqual(renderLive(wide, { ...plain, columns: 20 }), [
    'running  1m 12s  g-…',
    '失敗しているテスト…',
    '  judging · attempt…',
    '  ▸ Edit src/sum.js…',
    '  says: 👩‍👩‍👧‍👦 直しまし…',
    '  ✗ test   fail  E_…',
    '  ✓ types  pass',
    '  ▸ lint   running',
  ]);
});

test('colour only when asked, and only colour', () => {
  const coloured = renderLive(view, { ...plain, colour: true });
  assert.ok(coloured[0]?.startsWith('\u001b[36mrunning\u001b[39m'));
  assert.deepEqual(
    coloured.map((line) => stripVTControlCharacters(line).trimEnd()),
    renderLive(view, plain),
  );
});

test('many gates: what needs attention stays, the rest is counted', () => {
  const passing = Array.from({ length: 12 }, (_, n) => ({ id: `p${n}`, state: 'pass' as const, detail: null }));
  const gates = [
    ...passing,
    { id: 'unit', state: 'fail' as const, detail: null },
    { id: 'e2e', state: 'waiting' as const, detail: null },
  ];
  const lines = renderLive({ ...view, gates }, plain).slice(5);
  assert.equal(lines.length, 9);
  assert.deepEqual(lines.slice(-3), ['  ✗ unit  fail', '  · e2e   waiting', '  and 6 more: 6 pass']);
});

test('nothing an agent says moves the cursor, makes a second line or a line too wide', () => {
  const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constant('\u001b[2J\u001b]0;owned\u0007x\r\ny\u202e\tz'));
  fc.assert(
    fc.property(
      text,
      text,
      text,
      fc.integer({ min: 1, max: 100 }),
      fc.boolean(),
      (title, says, tool, columns, colour) => {
        for (const line of renderLive(
          { ...view, title, says, tool: { title: tool, status: says } },
          { columns, rows: 24, colour, now: 0 },
        )) {
          // oxlint-disable-next-line no-control-regex -- control characters are what this test is about
          const bare = line.replace(/\u001b\[\d+m/g, '');
          assert.ok(stringWidth(bare) <= columns, `${JSON.stringify(bare)} is ${stringWidth(bare)} of ${columns}`);
          // oxlint-disable-next-line no-control-regex -- as above
          assert.doesNotMatch(bare, /[\u0000-\u001f\u007f-\u009f\u202e]/);
        }
      },
    ),
  );
});
