import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { checkGate, created, gateSpec, policyOf } from '../testing/build.ts';
import { anyEvents } from '../testing/events.ts';
import { endReady } from '../testing/ready.ts';
import { admits } from './admit.ts';
import { decide } from '../decide/decide.ts';
import { evolve, fold } from './evolve.ts';
import { blocking, readiness } from '../judge/readiness.ts';
import { EMPTY_STATE, type GoalState } from '../goal/state.ts';
import { isFinal, mayMove, TERMINAL_STATUSES } from '../status.ts';

const RUNS = { numRuns: Number(process.env['OMK_FC_RUNS'] ?? 300) };
const states = anyEvents.map((events) => fold(events));

suite('the fold of arbitrary events', () => {
  test('never leaves the transition table', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        let state: GoalState = EMPTY_STATE;
        for (const event of events) {
          const next = evolve(state, event);
          if (next.status !== state.status)
            assert.ok(mayMove(state.status, next.status), `${state.status} to ${next.status} by ${event.type}`);
          state = next;
        }
      }),
      RUNS,
    );
  });

  test('changes nothing but the version where the event is not admitted', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        let state: GoalState = EMPTY_STATE;
        for (const event of events) {
          const next = evolve(state, event);
          if (admits(state, event) !== null) assert.deepEqual(next, { ...state, version: state.version + 1 });
          assert.equal(next.version, state.version + 1);
          state = next;
        }
      }),
      RUNS,
    );
  });

  test('of a prefix and then the rest is that of the whole', () => {
    fc.assert(
      fc.property(anyEvents, fc.nat(60), (events, cut) => {
        assert.deepEqual(fold(events.slice(cut), fold(events.slice(0, cut))), fold(events));
      }),
      RUNS,
    );
  });

  test('keeps `cancelled` whatever comes after', () => {
    fc.assert(
      fc.property(anyEvents, anyEvents, (before, after) => {
        const cancelled = evolve(fold(before), { type: 'goal.cancelled', data: { why: 'x' } });
        fc.pre(cancelled.status === 'cancelled');
        assert.equal(fold(after, cancelled).status, 'cancelled');
      }),
      RUNS,
    );
  });

  test('keeps `ready` and everything it stands on, whatever comes after', () => {
    const ready = fold(endReady());
    assert.equal(ready.status, 'ready');
    fc.assert(
      fc.property(anyEvents, (after) => {
        const later = fold(after, ready);
        // Where a result got to is no part of what it stands on.
        assert.deepEqual({ ...later, version: 0, delivery: ready.delivery }, { ...ready, version: 0 });
      }),
      RUNS,
    );
  });

  test('never says `ready` while a blocking gap is open', () => {
    fc.assert(
      fc.property(states, (state) => {
        const next = evolve(state, { type: 'goal.ended', data: { status: 'ready', gaps: [], failure: null } });
        if (next.status === 'ready') assert.deepEqual(blocking(readiness(next)), []);
      }),
      RUNS,
    );
  });

  test('gives decide a state it can answer, with every key once and every record admitted', () => {
    fc.assert(
      fc.property(states, (state) => {
        const intents = decide(state);
        assert.equal(new Set(intents.map(({ key }) => key)).size, intents.length);
        if (state.status !== 'running' || !state.created) assert.deepEqual(intents, []);
        for (const intent of intents) if (intent.kind === 'record') assert.equal(admits(state, intent.event), null);
      }),
      RUNS,
    );
  });
});

suite('the transition table', () => {
  test('knows every status, and only ready and cancelled are final', () => {
    const final = (['running', 'paused', ...TERMINAL_STATUSES] as const).filter(isFinal);
    assert.deepEqual(final.sort(), ['cancelled', 'ready']);
  });

  test('never lets a pause launder a blocked status', () => {
    for (const from of [
      'not_ready',
      'blocked_on_human',
      'blocked_on_external',
      'failed_infra',
      'needs_more_budget',
    ] as const)
      assert.ok(!mayMove(from, 'paused'));
  });
});

suite('admits', () => {
  const goal = fold([{ type: 'goal.created', data: created() }]);

  test('takes nothing before a goal exists', () => {
    assert.match(admits(EMPTY_STATE, { type: 'goal.paused', data: { why: 'x' } }) ?? '', /does not exist/);
    assert.match(admits(goal, { type: 'goal.created', data: created() }) ?? '', /exists already/);
  });

  test('refuses two gates of one name, at first and with checks of an answer', () => {
    assert.match(
      admits(goal, { type: 'policy.resolved', data: { policy: policyOf(gateSpec(), gateSpec()) } }) ?? '',
      /two gates are called test/,
    );
    const pinned = evolve(goal, { type: 'policy.resolved', data: { policy: policyOf(gateSpec()) } });
    assert.match(
      admits(pinned, { type: 'checks.added', data: { gates: [checkGate('test')] } }) ?? '',
      /two gates are called test/,
    );
    assert.equal(admits(pinned, { type: 'checks.added', data: { gates: [checkGate()] } }), null);
    assert.match(admits(pinned, { type: 'policy.resolved', data: { policy: policyOf() } }) ?? '', /pinned already/);
  });

  test('takes what is left of a stopped turn, but no new work', () => {
    const events = endReady();
    const at = events.findIndex((event) => event.type === 'turn.ended');
    const stopped = fold([...events.slice(0, at), { type: 'goal.cancelled', data: { why: 'x' } }]);
    const ended = events[at];
    const snapshot = events[at + 1];
    assert.ok(ended?.type === 'turn.ended' && snapshot?.type === 'snapshot.taken');
    assert.equal(admits(stopped, ended), null);
    assert.match(admits(stopped, snapshot) ?? '', /no turn waits/);
    assert.equal(admits(evolve(stopped, ended), snapshot), null);
    assert.match(
      admits(stopped, { type: 'attempt.started', data: { attempt: 2, task: 't1', worktree: '/w' } }) ?? '',
      /the goal is cancelled/,
    );
  });
});
