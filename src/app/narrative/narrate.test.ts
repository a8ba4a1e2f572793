import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gates, play } from '../../domain/testing/ready.ts';
import { BASE, COMPLETED, exits, gateSpec, shows, snapshotOf } from '../../domain/testing/build.ts';
import { narrativeText } from '../../surfaces/cli/text/narrate.ts';
import { linesOf, type NarrativeLine } from './line.ts';
import { narrate } from './narrate.ts';

const GOAL = 'g-1';
const told = (...[more]: Parameters<typeof play>): readonly NarrativeLine[] =>
  narrate(play(more).state, { goal: GOAL, folder: '/state/goals/g-1' });
const kinds = (lines: readonly NarrativeLine[]): readonly string[] => lines.map(({ kind }) => kind);
const nextIn = (lines: readonly NarrativeLine[]): readonly string[] =>
  linesOf(lines, 'next').flatMap(({ steps }) => steps.map(({ does }) => does));

test('a ready goal is lines with figures and no layout, which any surface can draw', () => {
  const lines = told();
  assert.deepEqual(JSON.parse(JSON.stringify(lines)), lines);
  const [standing] = linesOf(lines, 'standing');
  assert.equal(standing?.status, 'ready');
  assert.deepEqual(standing?.used, { tokens: null, dollars: null });
  assert.deepEqual(nextIn(lines), ['apply', 'look', 'read_log', 'verify']);
  assert.deepEqual(
    linesOf(lines, 'gate').map(({ gate, verdict, passed, flaky }) => [gate, verdict?.kind, passed, flaky]),
    [['test', 'pass', 2, false]],
  );
  assert.equal(kinds(lines).includes('missing'), false);
  assert.equal(linesOf(lines, 'result').length, 1);
});

test('what is missing has its code and subject beside the sentence', () => {
  const red = shows({ passed: ['adds'], failed: ['subtracts'] });
  const lines = told({ measure: () => red });
  assert.equal(linesOf(lines, 'standing')[0]?.status, 'not_ready');
  const failed = linesOf(lines, 'missing').find(({ code }) => code === 'G_GATE_FAILED');
  assert.equal(failed?.subject, 'test');
  assert.deepEqual(
    linesOf(lines, 'gate').map(({ verdict }) => verdict?.kind),
    ['fail'],
  );
  const before = linesOf(lines, 'red_before')[0];
  assert.deepEqual([before?.gate, before?.tests, before?.failing], ['test', ['subtracts'], 1]);
});

test('a change of nothing says only that', () => {
  const lines = told({ turn: () => ({ outcome: COMPLETED, leaves: snapshotOf(BASE) }) });
  assert.deepEqual(
    linesOf(lines, 'missing').map(({ code }) => code),
    ['G_EMPTY_PATCH'],
  );
  assert.deepEqual([...linesOf(lines, 'gate'), ...linesOf(lines, 'changes')], []);
});

test('a question comes with the answers it takes', () => {
  const lines = told({ ...gates(gateSpec({ reader: 'exit_only' })), measure: () => exits(0) });
  const [question] = linesOf(lines, 'question');
  assert.equal(question?.question.code, 'no_criterion');
  const [next] = linesOf(lines, 'next');
  assert.deepEqual(next?.steps, [{ does: 'answer', with: ['check', 'accept'], gates: [] }]);
});

test('words of an agent are in the data as they are, and clean where they are drawn', () => {
  const lines: readonly NarrativeLine[] = [{ kind: 'given', name: 'main\u001b[2J\nREADY' }];
  assert.deepEqual(narrativeText(lines, { goal: GOAL, colour: false }), ['', '  change   main READY, as it was given']);
});

test('more than five gaps of one kind are counted, and the brief form ends with the limits on one line', () => {
  const gap = (subject: string): NarrativeLine => ({
    kind: 'missing',
    code: 'G_GATE_FAILED',
    subject,
    text: `${subject} fails`,
  });
  const lines = [
    ...['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(gap),
    { kind: 'limit', code: 'K_NOT_SANDBOXED', text: 'no sandbox' },
    { kind: 'folder', path: '/f' },
  ] as const;
  const drawn = narrativeText(lines, { goal: GOAL, colour: false, brief: true });
  assert.equal(drawn.length, 7);
  assert.deepEqual(drawn.slice(-2), [
    '  missing  and 2 more like it (G_GATE_FAILED)',
    '  limits   no sandbox (K_NOT_SANDBOXED)',
  ]);
});

test('what to do with a goal that runs depends on whether a process works on it', () => {
  const { state } = play();
  const running = { ...state, status: 'running', ended: null } as const;
  const first = (deserted: boolean): string | undefined =>
    nextIn(narrate(running, { goal: GOAL, folder: '', deserted }))[0];
  assert.deepEqual([first(false), first(true)], ['watch', 'resume']);
});

test('before the work there is only why it has not begun', () => {
  const lines = told({ options: { approvePlan: true } });
  assert.equal(linesOf(lines, 'failure')[0]?.code, 'PLAN_NOT_APPROVED');
  assert.deepEqual([...linesOf(lines, 'gate'), ...linesOf(lines, 'checks'), ...linesOf(lines, 'missing')], []);
});
