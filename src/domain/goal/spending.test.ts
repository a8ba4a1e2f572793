import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { UsageEntry } from '../budget/usage-entry.ts';
import { created } from '../testing/build.ts';
import { guard } from '../decide/budget.ts';
import { costSessions } from './cost-sessions.ts';
import { fold } from '../transition/evolve.ts';
import type { GoalEvent, LoggedEvent } from './event.ts';
import type { Intent } from './intent.ts';
import { SESSION_ACTIONS, spendingAction } from './spending.ts';

const run = (purpose: 'baseline' | 'contract' | 'candidate' | 'canary' | 'oracle' | 'held_out' | 'hollow'): Intent => ({
  key: 'g',
  kind: 'run_gate',
  run: { gate: 'test', purpose, round: 1, tree: 't', canaryBase: null },
});
const EVERY: {
  readonly [Kind in Intent['kind']]: readonly (readonly [
    Intent & { readonly kind: Kind },
    ReturnType<typeof spendingAction>,
  ])[];
} = {
  resolve_policy: [[{ key: 'p', kind: 'resolve_policy' }, null]],
  prepare_dependencies: [[{ key: 'd', kind: 'prepare_dependencies' }, null]],
  run_gate: [],
  start_attempt: [[{ key: 'a', kind: 'start_attempt', attempt: 1, task: 't1' }, 'execute']],
  run_turn: [[{ key: 't', kind: 'run_turn', attempt: 1, turn: 1, reason: 'first' }, 'turn']],
  wait: [[{ key: 'w', kind: 'wait', why: 'usage_limit', attempt: 1, turn: 1, detail: '429' }, null]],
  take_snapshot: [[{ key: 's', kind: 'take_snapshot', attempt: 1, turn: 1 }, null]],
  read_proposal: [[{ key: 'p', kind: 'read_proposal', attempt: 1, turn: 1 }, null]],
  lay_tests: [[{ key: 'l', kind: 'lay_tests', start: 'a', candidate: 'b' }, null]],
  examine: [[{ key: 'e', kind: 'examine', candidate: 'c' }, null]],
  observe: [[{ key: 'o', kind: 'observe', run: { of: 'capture', place: 0, tree: 'c', round: 1 } }, null]],
  read_facts: [[{ key: 'f', kind: 'read_facts', tree: 'c' }, null]],
  read_plan: [[{ key: 'p', kind: 'read_plan', attempt: 1, turn: 1 }, null]],
  read_checks: [[{ key: 'c', kind: 'read_checks', attempt: 1, turn: 1 }, null]],
  hollow: [[{ key: 'o', kind: 'hollow', candidate: 'c' }, null]],
  reveal: [[{ key: 'h', kind: 'reveal' }, null]],
  integrate: [[{ key: 'i', kind: 'integrate', candidate: 'c' }, null]],
  merge: [[{ key: 'm', kind: 'merge', of: { onto: 'a', base: 'b', candidate: 'c' }, behind: [] }, null]],
  land: [[{ key: 'l', kind: 'land', links: [] }, null]],
  record: [
    [
      {
        key: 'r',
        kind: 'record',
        event: { type: 'plan.made', data: { plan: { criteria: [], tasks: [] }, refused: [] } },
      },
      'plan',
    ],
    [{ key: 'r', kind: 'record', event: { type: 'goal.paused', data: { why: 'x' } } }, null],
  ],
};
const GATES = [
  [run('baseline'), 'plan'],
  [run('contract'), 'verify'],
  [run('candidate'), 'verify'],
  [run('canary'), 'verify'],
  [run('oracle'), 'plan'],
  [run('held_out'), 'verify'],
  [run('hollow'), 'verify'],
] as const;

suite('the guard', () => {
  const spent = fold([
    { type: 'goal.created', data: created({ budget: { time: '0s', tokens: null, picoUsd: null } }) },
  ]);
  for (const [intent, action] of [...Object.values(EVERY).flat(), ...GATES])
    test(
      `${action === null ? 'lets' : 'stops'} ` +
        `${intent.kind}${intent.kind === 'run_gate' ? ` for ${intent.run.purpose}` : ''} ` +
        `${action === null ? 'go on, which spends nothing' : `as \`${action}\``}`,
      () => {
        const hit = guard(spent, [intent], 0n);
        assert.equal(hit.kind === 'spent' ? hit.action : null, action);
        assert.equal(spendingAction(intent), action);
      },
    );

  test('finds the one that spends among others', () => {
    const [[free] = []] = EVERY.examine;
    assert.ok(free);
    assert.equal(guard(spent, [free, run('contract')], 0n).kind, 'spent');
  });
});

test('every kind of session has an action that the guard names, so that planners and reviewers are never unguarded', () => {
  assert.deepEqual(SESSION_ACTIONS, { planner: 'plan', attempt: 'turn', reviewer: 'review' });
});

suite('0.5.0 defect: planner and reviewer calls uncounted', () => {
  const entry = (key: string, sessionType: UsageEntry['sessionType'], name: string): UsageEntry => ({
    key,
    sessionType,
    name,
    attempt: 0,
    turn: 0,
    reporting: 'call',
    model: 'm',
    inputTokens: '100',
    cachedTokens: null,
    outputTokens: '10',
    picoUsd: '5',
    priced: 'prices',
  });
  const events: readonly GoalEvent[] = [
    { type: 'goal.created', data: created({ budget: { time: null, tokens: '330', picoUsd: null } }) },
    { type: 'usage.recorded', data: entry('p#1', 'planner', 'planner-1') },
    { type: 'attempt.started', data: { attempt: 1, task: 't1', worktree: '/w' } },
    { type: 'usage.recorded', data: { ...entry('a#1', 'attempt', 'attempt-1'), attempt: 1, turn: 1 } },
    { type: 'usage.recorded', data: entry('r#1', 'reviewer', 'reviewer-1') },
  ];

  test('they count for the budgets', () => {
    const state = fold(events);
    assert.deepEqual([state.budget.ledger.tokens, state.budget.ledger.picoUsd], [330n, 15n]);
    assert.equal(guard(state, [run('contract')], 0n).kind, 'spent');
  });

  test('they are cost sessions of their own, and a message told twice is counted once there too', () => {
    const logged = [...events, events[4]].flatMap((event, seq): readonly LoggedEvent[] =>
      event ? [{ ...event, v: 1, seq, ts: `2026-01-31T12:00:0${seq}.000Z`, prev: '' }] : [],
    );
    assert.deepEqual(
      costSessions(logged).map((each) => [
        each.sessionType,
        each.name,
        each.startedAt,
        each.inputTokens,
        each.outputTokens,
        each.picoUsd,
      ]),
      [
        ['attempt', 'attempt-1', '2026-01-31T12:00:02.000Z', 100n, 10n, 5n],
        ['planner', 'planner-1', '2026-01-31T12:00:01.000Z', 100n, 10n, 5n],
        ['reviewer', 'reviewer-1', '2026-01-31T12:00:04.000Z', 100n, 10n, 5n],
      ],
    );
  });
});
