import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { BASE, checkGate, exits, gateSpec } from '../testing/build.ts';
import { gates, play } from '../testing/ready.ts';
import type { World } from '../testing/simulate.ts';
import { CAUGHT, GREEN, codes, ends, leaves, measure, open, resumes } from '../testing/trust.ts';
import { gateOf } from '../plan/plan.ts';

suite('T1 criteria', () => {
  test('a fix of what is red at the base ends ready', () => {
    const run = play();
    assert.equal(run.state.status, 'ready');
    assert.deepEqual(
      run.state.plan?.criteria.map((each) => [gateOf(each), each.kind]),
      [['test', 'test']],
    );
    assert.deepEqual(codes(run), ['K_NO_HELD_OUT']);
  });

  test('an empty patch is no progress in each attempt and never ready', () => {
    const run = play({ turn: leaves(BASE) });
    assert.deepEqual(ends(run), ['no_progress', 'no_progress']);
    assert.equal(run.state.status, 'not_ready');
    assert.deepEqual(open(run), ['G_CRITERION_OPEN', 'G_EMPTY_PATCH', 'G_GATE_FAILED', 'G_NOT_INTEGRATED']);
    // Nothing is run for it: the base has been measured.
    assert.ok(run.state.measurements.every((each) => each.purpose === 'baseline'));
  });

  test('an empty patch of a green repository is ready only where that was asked for', () => {
    const world: Partial<World> = {
      turn: leaves(BASE),
      measure: measure({ baseline: GREEN }),
      answer: () => ({ kind: 'accept' }),
    };
    assert.equal(play({ ...world, whenStopped: resumes(1) }).state.status, 'not_ready');
    assert.equal(play({ ...world, whenStopped: resumes(1), options: { allowNoChange: true } }).state.status, 'ready');
  });

  test('a repository that is green at the base gets a question before an agent is started', () => {
    const run = play({ measure: measure({ baseline: GREEN }) });
    assert.equal(run.state.status, 'blocked_on_human');
    assert.deepEqual(run.state.attempts, []);
    assert.match(run.state.questions[0]?.question.text ?? '', /Every gate is green at the base/);
  });

  test('a check that is green at the base proves nothing and is refused', () => {
    const run = play({
      ...gates(gateSpec({ id: 'lint', reader: 'exit_only', kind: 'command' }), checkGate()),
      measure: () => exits(0),
    });
    assert.equal(run.state.status, 'blocked_on_human');
    assert.deepEqual(run.state.refusedChecks, ['check-1']);
    assert.match(run.state.questions[0]?.question.text ?? '', /check-1 is not red at the base, so it proves nothing/);
  });

  test('an answer with checks is measured at the base, planned and worked on', () => {
    const run = play({
      measure: ({ gate, purpose, tree: at }) => {
        if (gate === 'check-1') return exits(at === BASE ? 1 : 0);
        return purpose === 'canary' ? CAUGHT : GREEN;
      },
      answer: () => ({ kind: 'checks', checks: ['./check-1'] }),
      checks: () => [checkGate('check-1')],
      whenStopped: resumes(1),
    });
    assert.equal(run.state.status, 'ready');
    assert.deepEqual(run.state.plan?.criteria.map(gateOf), ['check-1']);
    const rounds = run.state.measurements
      .filter(({ gate, purpose }) => gate === 'check-1' && purpose === 'baseline')
      .map(({ round }) => round);
    assert.deepEqual(rounds, [1, 2]);
  });

  test('an answer with a check that is green asks again', () => {
    const run = play({
      measure: measure({ baseline: GREEN }),
      answer: (question) => (question.id === 'q-criterion-1' ? { kind: 'checks', checks: ['true'] } : null),
      checks: () => [checkGate('check-1', { reader: 'node-test' })],
      whenStopped: resumes(1),
    });
    assert.equal(run.state.status, 'blocked_on_human');
    assert.deepEqual(
      run.state.questions.map(({ question }) => question.id),
      ['q-criterion-1', 'q-criterion-2'],
    );
  });

  test('no required gate is a question too, and accepting it changes nothing', () => {
    const run = play({
      ...gates(gateSpec({ required: false })),
      answer: () => ({ kind: 'accept' }),
      whenStopped: resumes(2),
    });
    assert.equal(run.state.status, 'blocked_on_human');
    assert.equal(run.state.attempts.length, 0);
    assert.match(run.state.questions.at(-1)?.question.text ?? '', /No gate judges this repository/);
    const answered = play({
      ...gates(),
      answer: () => ({ kind: 'checks', checks: ['./check-1'] }),
      checks: () => [checkGate('check-1')],
      measure: ({ tree: at }) => exits(at === BASE ? 1 : 0),
      whenStopped: resumes(1),
    });
    assert.equal(answered.state.status, 'ready');
  });

  test('a required gate that is switched off ends the goal before an agent is started', () => {
    const run = play(gates(gateSpec(), gateSpec({ id: 'lint', skip: true })));
    assert.equal(run.state.status, 'not_ready');
    assert.equal(run.state.ended?.failure?.code, 'GATE_SKIPPED');
    assert.deepEqual(run.state.attempts, []);
    assert.equal(play(gates(gateSpec(), gateSpec({ id: 'lint', skip: true, required: false }))).state.status, 'ready');
  });
});
