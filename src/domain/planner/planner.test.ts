import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { admits } from '../transition/admit.ts';
import { decide } from '../decide/decide.ts';
import type { GoalEvent, GoalOptions } from '../goal/event.ts';
import { fold } from '../transition/evolve.ts';
import type { GoalState } from '../goal/state.ts';
import type { PlanDocument } from '../plan/document.ts';
import { composePlanner } from '../prompt/planner.ts';
import { BASE, BLOB, created, gateSpec, measurement, policyOf, shows, snapshotOf } from '../testing/build.ts';
import { turnEnded } from '../testing/handed-in.ts';

const DOCUMENT: PlanDocument = {
  criteria: [{ id: 'c', text: 'it subtracts', oracle: true }],
  tasks: [{ id: 't1', title: 'Subtract' }],
};
const begun = (options: Partial<GoalOptions>, failed: readonly string[] = []): readonly GoalEvent[] => [
  { type: 'goal.created', data: created({ oracle: 'agent', planner: 'auto', ...options }) },
  { type: 'policy.resolved', data: { policy: policyOf(gateSpec()) } },
  { type: 'dependencies.prepared', data: { layer: null, detail: 'none' } },
  ...[1, 2].map((round): GoalEvent => ({
    type: 'gate.measured',
    data: measurement({ purpose: 'baseline', round, tree: BASE, ...shows({ passed: ['adds'], failed }) }),
  })),
];
const started: GoalEvent = {
  type: 'attempt.started',
  data: { attempt: 1, task: 'planner', role: 'planner', worktree: '/w' },
};
const turn = (number: number): readonly GoalEvent[] => [
  { type: 'turn.started', data: { attempt: 1, turn: number, prompt: BLOB } },
  { type: 'turn.ended', data: { ...turnEnded.data, turn: number } },
  { type: 'snapshot.taken', data: { attempt: 1, turn: number, snapshot: snapshotOf(BASE) } },
];
const handIn = (document: PlanDocument = DOCUMENT, number = 1): GoalEvent => ({
  type: 'plan.submitted',
  data: { attempt: 1, turn: number, kind: 'read', document, sha256: 'a'.repeat(64) },
});
const refusedAt = (number: number): GoalEvent => ({
  type: 'plan.submitted',
  data: { attempt: 1, turn: number, kind: 'refused', why: ['not valid JSON'] },
});
const ended = (why: 'accepted' | 'turns_spent'): GoalEvent => ({ type: 'attempt.ended', data: { attempt: 1, why } });
const keys = (state: GoalState): readonly string[] => decide(state).map(({ key }) => key);
const planned = [...begun({}), started, ...turn(1)];

suite('a session that makes the plan', () => {
  test('begins where another would write tests and nothing is red, always where asked, and never beside a plan that is given', () => {
    const wanted = (options: Partial<GoalOptions>, failed: readonly string[] = []): boolean =>
      admits(fold(begun(options, failed)), started) === null;
    assert.equal(wanted({}), true);
    assert.equal(wanted({}, ['adds two']), false, 'a gate is red');
    assert.equal(wanted({ oracle: 'worker' }), false, 'one session is asked for');
    assert.equal(wanted({ planner: 'always', oracle: 'worker' }, ['adds two']), true);
    assert.equal(wanted({ planner: 'always', plan: { document: DOCUMENT, sha256: 'a' } }), false);
    const { planner: _planner, ...never } = created({ oracle: 'agent' }).options;
    assert.equal(
      admits(fold([{ type: 'goal.created', data: { ...created(), options: never } }, ...begun({}).slice(1)]), started),
      'no planner is asked for',
    );
  });

  test('nothing else begins before its plan, and its plan is frozen as one of --plan', () => {
    const worker: GoalEvent = { type: 'attempt.started', data: { attempt: 1, task: 't1', worktree: '/w' } };
    assert.equal(admits(fold(begun({})), worker), 'the plan of the goal is not there yet');
    const after = fold([...planned, handIn(), ended('accepted')]);
    assert.equal(after.created?.options.plan?.sha256, 'a'.repeat(64));
    assert.deepEqual(keys(after), ['plan:1:1']);
    assert.equal(admits(after, { ...started, data: { ...started.data, attempt: 2 } }), 'no planner is asked for');
  });

  test('cannot hand in what breaks a rule, whatever the log says of it', () => {
    const says = (change: Partial<PlanDocument>): string | null =>
      admits(fold(planned), handIn({ ...DOCUMENT, ...change }));
    assert.equal(says({}), null);
    assert.match(says({ criteria: [{ id: 'c', text: 'x', gate: 'nope' }] }) ?? '', /there is no gate 'nope'/);
    assert.match(says({ criteria: [{ id: 'c', text: 'x', files: ['test/a.test.js'] }] }) ?? '', /no files/);
    assert.match(says({ class: 'docs' }) ?? '', /only a person says docs/);
    assert.match(says({ class: 'audit' }) ?? '', /an audit changes no file/);
    assert.equal(says({ class: 'migration' }), null);
    assert.match(says({ criteria: [{ id: 'c', text: 'x', must: 'keep', fact: 'a exists' }] }) ?? '', /at least one/);
    assert.equal(admits(fold([...planned, handIn()]), handIn()), 'handed in already');
    assert.equal(admits(fold(begun({})), handIn()), 'no planner ended this turn');
  });

  test('is told what does not hold on the base, and its facts are looked up there', () => {
    const keep = handIn({
      ...DOCUMENT,
      criteria: [...DOCUMENT.criteria, { id: 'k', text: 'x', must: 'keep', fact: 'a exists' }],
    });
    const state = fold([...planned, keep]);
    assert.deepEqual(keys(state), [`facts:${BASE}`]);
    const looked = fold([{ type: 'facts.read', data: { tree: BASE, holds: [false] } }], state);
    assert.deepEqual(keys(looked), ['turn:1:2']);
    assert.match(composePlanner(looked, 'feedback'), /k \(x\) is not so on the base/);
    assert.equal(admits(looked, ended('accepted')), 'the plan does not hold');
  });

  test('is refused three times at most; then a person is asked, and no tests are written', () => {
    const two = [...planned, refusedAt(1), ...turn(2), refusedAt(2)];
    assert.deepEqual(keys(fold(two)), ['turn:1:3']);
    const three = fold([...two, ...turn(3), refusedAt(3)]);
    assert.deepEqual(keys(three), ['attempt-end:1']);
    const over = fold([ended('turns_spent')], three);
    const made = decide(over)[0];
    assert.ok(made?.kind === 'record');
    assert.deepEqual(keys(fold([made.event], over)), ['ask:q-criterion-1']);
  });

  test('begins again with the reason of a person who refuses its plan, and not where a person wrote it anew', () => {
    const after = fold([...planned, handIn(), ended('accepted')]);
    const again = fold([{ type: 'plan.rejected', data: { why: 'amounts are in cents' } }], after);
    assert.deepEqual([keys(again), again.created?.options.plan], [['attempt:2'], undefined]);
    assert.match(composePlanner(again, 'first'), /amounts are in cents/);
    const edited: GoalEvent = { type: 'plan.edited', data: { document: DOCUMENT, sha256: 'c'.repeat(64) } };
    assert.equal(admits(fold([...planned, handIn()]), edited), 'a session is at work on it');
    const mine = fold([edited], after);
    assert.deepEqual([keys(mine), mine.created?.options.plan?.sha256], [['plan:1:1'], 'c'.repeat(64)]);
    const worked = { ...mine, attempts: [{ ...again.planners[0], attempt: 2, task: 't1' }] } as GoalState;
    assert.equal(admits(worked, edited), 'the plan is frozen since the work began');
  });

  test('waits for approval where that was asked for, of exactly this plan', () => {
    const plan = handIn({ ...DOCUMENT, criteria: [{ id: 'c', text: 'x', tests: ['subtracts'] }] });
    const before = fold([
      ...begun({ approvePlan: true, oracle: 'worker', planner: 'always' }),
      started,
      ...turn(1),
      plan,
      ended('accepted'),
    ]);
    const made = decide(before)[0];
    assert.ok(made?.kind === 'record');
    const state = fold([made.event], before);
    const waits = decide(state)[0];
    assert.ok(waits?.kind === 'record' && waits.event.type === 'goal.ended');
    assert.equal(waits.event.data.failure?.code, 'PLAN_NOT_APPROVED');
    const worker: GoalEvent = { type: 'attempt.started', data: { attempt: 2, task: 't1', worktree: '/w' } };
    assert.equal(admits(state, worker), 'nobody has approved the plan yet');
    assert.equal(
      admits(state, { type: 'plan.approved', data: { plan: 'b'.repeat(64) } }),
      'this is not the plan of the goal',
    );
    const approved = fold([{ type: 'plan.approved', data: { plan: 'a'.repeat(64) } }], state);
    assert.deepEqual(keys(approved), ['attempt:2']);
  });
});

test('what would show the goal is at least what was asked for, before a worker is paid', () => {
  const ends = (options: Partial<GoalOptions>, failed: readonly string[] = []) => {
    const { planner: _planner, ...rest } = created({ oracle: 'worker', ...options }).options;
    const events = begun({}, failed);
    const first: GoalEvent = { type: 'goal.created', data: { ...created(), options: rest } };
    const before = fold([first, ...events.slice(1)]);
    const made = decide(before)[0];
    assert.ok(made?.kind === 'record');
    const state = fold([made.event], before);
    const next = decide(state)[0];
    const worker: GoalEvent = { type: 'attempt.started', data: { attempt: 1, task: 't1', worktree: '/w' } };
    assert.equal(admits(state, worker) === null, next?.kind === 'start_attempt');
    return next?.kind === 'record' && next.event.type === 'goal.ended' ? next.event.data.failure?.code : next?.kind;
  };
  assert.equal(ends({}), 'start_attempt');
  assert.equal(ends({ requireOracle: 'agent' }), 'ORACLE_TOO_WEAK');
  assert.equal(ends({ requireOracle: 'approved' }), 'ORACLE_TOO_WEAK');
  assert.equal(ends({ requireOracle: 'given' }, ['adds two']), 'start_attempt', 'a red gate is given');
  assert.equal(ends({ requireOracle: 'given', oracle: 'agent' }), 'ORACLE_TOO_WEAK', 'no oracle is paid in vain');
});

suite('what the plan of a session is for --require-oracle', () => {
  const FACT: PlanDocument['criteria'][number] = { id: 'f', text: 'x is there', fact: 'x exists' };
  const refactor: PlanDocument = { ...DOCUMENT, class: 'refactor', criteria: [FACT] };
  const next = (options: Partial<GoalOptions>, document: PlanDocument, failed: readonly string[] = []) => {
    const given = { oracleRules: 4, planner: 'always', ...options } as const;
    const state = fold([...begun(given, failed), started, ...turn(1), handIn(document)]);
    const facts = (state.created?.options.facts ?? []).map(() => false);
    const read = fold([{ type: 'facts.read', data: { tree: BASE, holds: facts } }, ended('accepted')], state);
    const made = decide(read)[0];
    assert.ok(made?.kind === 'record' && made.event.type === 'plan.made');
    const [intent] = decide(fold([made.event], read));
    return intent?.kind === 'record' && intent.event.type === 'goal.ended'
      ? intent.event.data.failure?.code
      : intent?.kind;
  };

  test('facts and a class that it chose are no word of a person', () => {
    assert.equal(next({}, refactor), 'start_attempt');
    assert.equal(next({ requireOracle: 'agent' }, refactor), 'start_attempt');
    assert.equal(next({ requireOracle: 'approved' }, refactor), 'PLAN_NOT_APPROVED');
    assert.equal(next({ requireOracle: 'approved', class: 'refactor' }, refactor), 'PLAN_NOT_APPROVED');
    assert.equal(next({ requireOracle: 'approved', oracleRules: 3 }, refactor), 'start_attempt', 'as logs of before');
  });

  test('a fact of a person shows only what that person said: the class that makes it enough is one of the session', () => {
    const given = { requireOracle: 'approved', facts: ['y exists'] } as const;
    assert.equal(next(given, refactor), 'PLAN_NOT_APPROVED');
    assert.equal(next({ ...given, class: 'refactor' }, refactor), 'start_attempt');
  });

  test('a gate that is red on the base is one', () => {
    const red: PlanDocument = { ...DOCUMENT, criteria: [{ id: 'g', text: 'it passes', gate: gateSpec().id }] };
    assert.equal(next({ requireOracle: 'given' }, red, ['adds two']), 'start_attempt');
  });

  test('where only a word of a person is enough no planner is paid for what cannot be', () => {
    const first = (options: Partial<GoalOptions>, failed: readonly string[] = []) =>
      decide(fold(begun({ oracleRules: 4, requireOracle: 'given', ...options }, failed)))[0];
    const vain = first({});
    assert.ok(vain?.kind === 'record' && vain.event.type === 'goal.ended');
    assert.equal(vain.event.data.failure?.code, 'ORACLE_TOO_WEAK');
    assert.doesNotMatch(vain.event.data.failure.fix, /--oracle/, 'no session reaches what a person must give');
    assert.equal(first({ planner: 'always' }, ['adds two'])?.kind, 'start_attempt');
    assert.equal(first({ requireOracle: 'approved' })?.kind, 'start_attempt');
  });
});

test('what comes before the work uses a quarter of a budget at most; then a person is asked', () => {
  const used = (tokens: number): GoalEvent => ({
    type: 'usage.recorded',
    data: {
      key: 's#1',
      sessionType: 'attempt',
      name: 'attempt-1',
      attempt: 1,
      turn: 1,
      reporting: 'call',
      model: null,
      inputTokens: String(tokens),
      cachedTokens: null,
      outputTokens: '0',
      picoUsd: null,
      priced: null,
    },
  });
  const budget = { time: null, tokens: '1000', picoUsd: null };
  const refused = (tokens: number) =>
    keys(fold([...begun({ budget }), started, used(tokens), ...turn(1), refusedAt(1)]));
  assert.deepEqual([refused(249), refused(250)], [['turn:1:2'], ['attempt-end:1']]);
  const after = (tokens: number): readonly string[] => {
    const before = fold([...begun({ budget }), started, used(tokens), ...turn(1), handIn(), ended('accepted')]);
    const made = decide(before)[0];
    assert.ok(made?.kind === 'record');
    return keys(fold([made.event], before));
  };
  assert.deepEqual([after(249), after(250)], [['attempt:2'], ['ask:q-criterion-1']], 'no oracle begins');
});
