import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { admits } from '../transition/admit.ts';
import { fold } from '../transition/evolve.ts';
import { examinedOf, shows } from '../testing/build.ts';
import { NOT_NOTICED, NOT_RUN, withOwnTests } from '../testing/own-tests.ts';
import { play } from '../testing/ready.ts';
import { assessOwnTests } from './assess.ts';
import { codes, CONTRACT, open } from '../testing/trust.ts';

const one = { maxAttempts: 1, maxTurns: 1 };

suite('tests that the worker adds, where nothing was red', () => {
  test('that fail where the change does nothing make the goal ready, and the proof says who wrote them', () => {
    const run = play(withOwnTests());
    assert.equal(run.state.status, 'ready');
    assert.ok(codes(run).includes('K_ORACLE_BY_WORKER'));
    assert.match(
      JSON.stringify(run.state.ended?.gaps),
      /1 of 1 new tests fail where the functions of the change do nothing \(subtract\)/,
    );
  });

  test('run on the hollow candidate beside what is still to be run, where nothing speaks against it so far', () => {
    const examine = (candidate: string) => examinedOf(candidate, { contract: CONTRACT });
    const asked = (options: object): boolean =>
      play({ ...withOwnTests({ options }), examine }).answers.some(
        (intents) => intents.some(({ kind }) => kind === 'hollow') && intents.some(({ kind }) => kind === 'run_gate'),
      );
    assert.ok(asked({ ahead: true }));
    assert.ok(!asked({}), 'in logs of before one after the other');
    assert.equal(play(withOwnTests({ options: { ahead: true } })).state.status, 'ready');
    const red = play(withOwnTests({ delivered: shows({ failed: ['adds'] }), options: { ...one, ahead: true } }));
    assert.ok(!red.events.some(({ type }) => type === 'candidate.hollowed'));
  });

  test('that pass all the same, do not run, or are not there show nothing', () => {
    for (const [world, why] of [
      [withOwnTests({ hollow: NOT_NOTICED, options: one }), /do not test what the change does/],
      [withOwnTests({ hollow: NOT_RUN, options: one }), /do not run where/],
      [withOwnTests({ takenBack: NOT_NOTICED, options: one }), /pass also where all but the tests is as it was before/],
      [withOwnTests({ delivered: shows({ passed: ['adds'] }), options: one }), /adds no test that passes/],
    ] as const) {
      const run = play(world);
      assert.equal(run.state.status, 'not_ready');
      assert.deepEqual(open(run), ['G_NOT_INTEGRATED', 'G_OWN_TESTS']);
      assert.match(JSON.stringify(run.state.ended?.gaps), why);
    }
  });

  test('that are in a new file which no command runs are named, with the command', () => {
    const examine = (candidate: string) =>
      examinedOf(candidate, {
        changes: [{ path: 'spec/b.test.js', change: 'added', oldMode: '000000', newMode: '100644' }],
      });
    const text = (passed: readonly string[]): string => {
      const shown = withOwnTests({ delivered: shows({ passed }), options: one });
      return JSON.stringify(
        play({
          ...shown,
          examine,
          measure: (run, state) => (run.purpose === 'baseline' ? shows({ passed }) : shown.measure(run, state)),
        }).state.ended?.gaps,
      );
    };
    assert.match(text(['test/a.test.js > adds']), /`npm test` reports no test of spec\/b\.test\.js, which is new/);
    assert.match(text(['adds']), /adds no test that passes: add tests/, 'where ids name no file nobody knows');
  });

  test('are not shown by a tree that is the change itself, whatever a log says was seen on it', () => {
    const { events } = play(withOwnTests());
    const at = events.findIndex(({ type }) => type === 'candidate.hollowed');
    const event = events[at];
    assert.ok(event?.type === 'candidate.hollowed');
    const before = fold(events.slice(0, at));
    assert.equal(admits(before, event), null);
    const { candidate } = event.data;
    for (const lie of [{ tree: candidate }, { takenBack: candidate }])
      assert.match(admits(before, { ...event, data: { ...event.data, ...lie } }) ?? '', /is the change itself/);
  });

  test('are asked of nobody where a person wants to be asked, and a change without tests is never hollowed', () => {
    const world = withOwnTests();
    const asked = play({ ...world, options: {}, answer: () => null });
    assert.equal(asked.state.status, 'blocked_on_human');
    assert.equal(asked.state.attempts.length, 0);
    const bare = play(withOwnTests({ delivered: shows({ passed: ['adds'] }), options: one }));
    assert.ok(!bare.events.some(({ type }) => type === 'candidate.hollowed'));
  });

  test('show nothing of functions that do nothing as they are', () => {
    const { state } = play(withOwnTests());
    const [candidate, made] = [...state.hollowed][0] ?? [];
    assert.ok(candidate !== undefined && made);
    const idle = { ...state, hollowed: new Map([[candidate, { ...made, idle: true as const }]]) };
    const found = assessOwnTests(idle, candidate);
    assert.match(found.kind === 'not_shown' ? found.text : '', /do nothing as they are \(subtract\)/);
  });
});
