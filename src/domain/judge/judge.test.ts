import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { blocking, readiness } from './readiness.ts';
import { openQuestion } from '../goal/state.ts';
import { isTerminal } from '../status.ts';
import type { TreeId } from '../ids.ts';
import {
  BASE,
  checkGate,
  examinedOf,
  exits,
  FIX,
  gateSpec,
  givenOf,
  policyOf,
  shows,
  tree,
  type Shown,
} from '../testing/build.ts';
import { givenChange, GREEN_THERE, NOT_THERE, RED_THERE } from '../testing/given.ts';
import { play } from '../testing/ready.ts';
import { simulate, TAKEN_BACK, type Simulation, type World } from '../testing/simulate.ts';
import { tapeOf, tapes, tapeWorld } from '../testing/tape.ts';
import { unsound } from '../testing/unsound.ts';
import { assessEvidence } from './evidence.ts';
import { EXPECTATIONS, type Given } from '../plan/given.ts';

const RUNS = Number(process.env['OMK_FC_RUNS'] ?? 200);

/** Whatever a world does to an agent's change, done to a given one. */
const givenWorld = (numbers: readonly number[]): World => {
  const tape = tapeOf(numbers);
  const candidate = tape.pick(FIX, FIX, FIX, tree('two'), BASE);
  const expect = tape.pick(...EXPECTATIONS);
  const accepts = tape.yes(3) ? [`q-contract-${candidate.slice(0, 12)}`] : [];
  return { ...tapeWorld(tape), given: givenOf(candidate, { expect, accepts }) };
};

const holds = (check: (run: Simulation) => void): void =>
  fc.assert(
    fc.property(tapes, (numbers) => check(simulate(givenWorld(numbers)))),
    { numRuns: RUNS },
  );

suite('a given change, whatever the world does', () => {
  test('ends in one status, without an attempt, and names nothing twice', () => {
    holds(({ state, answers, events }) => {
      assert.ok(state.status === 'paused' || isTerminal(state.status), state.status);
      assert.deepEqual(state.attempts, []);
      assert.ok(!events.some(({ type }) => type === 'goal.integrated'));
      for (const answer of answers) assert.equal(new Set(answer.map(({ key }) => key)).size, answer.length);
    });
  });

  test('ready only without a blocking gap, and where trust.md, written a second time, finds nothing wrong', () => {
    holds(({ state, events }) => {
      if (state.status !== 'ready') return;
      assert.deepEqual(blocking(readiness(state)), []);
      assert.equal(unsound(state, events), null);
    });
  });

  test('the worlds reach ready with each expectation, and the other ends', () => {
    const reached = new Map<string, number>();
    for (const numbers of fc.sample(tapes, { numRuns: 3 * RUNS, seed: 7 })) {
      const { status, created } = simulate(givenWorld(numbers)).state;
      const key = status === 'ready' ? `ready ${created?.given?.expect ?? ''}` : status;
      reached.set(key, (reached.get(key) ?? 0) + 1);
    }
    for (const key of [...EXPECTATIONS.map((each) => `ready ${each}`), 'not_ready', 'blocked_on_human', 'failed_infra'])
      assert.ok((reached.get(key) ?? 0) > 0, `${key} is never reached: ${JSON.stringify([...reached])}`);
  });
});

const evidenceOf = (run: Simulation) => assessEvidence(run.state, FIX);
const purposes = ({ state }: Simulation) => state.measurements.map(({ purpose, tree: of }) => `${purpose} ${of}`);

suite('what a given change shows of itself', () => {
  test('a new test that is red on the base and where functions do nothing, and green with the change, fixes and guards', () => {
    const run = play(givenChange({ expect: 'fix' }));
    assert.equal(run.state.status, 'ready');
    assert.deepEqual(evidenceOf(run), {
      kind: 'shown',
      fixes: ['subtracts'],
      guards: ['subtracts'],
      byAuthor: ['subtracts'],
      silent: [],
      idle: [],
      unseen: [],
      shallow: [],
      untried: [],
      emptied: true,
    });
    assert.equal(purposes(run).filter((each) => each.startsWith('hollow')).length, 2);
  });

  test('a test that is red on the base but not where functions do nothing is no guard, and no feature is ready by it', () => {
    const only = (emptied: Shown) => {
      const run = play(givenChange({ expect: 'feature' }, { emptied }));
      const found = evidenceOf(run);
      assert.equal(run.state.status, 'not_ready');
      assert.deepEqual(found.kind === 'shown' && [found.fixes, found.guards], [['subtracts'], []]);
      assert.equal(play(givenChange({ expect: 'fix' }, { emptied })).state.status, 'ready');
      const limits = readiness(play(givenChange({}, { emptied })).state).filter(
        ({ code }) => code === 'K_TESTS_SHALLOW',
      );
      return [
        found.kind === 'shown' && [found.shallow, found.untried],
        limits[0]?.text,
        blocking(readiness(run.state))[0]?.text,
      ];
    };
    const [shallow, limit, gap] = only(GREEN_THERE);
    assert.deepEqual(shallow, [['subtracts'], []]);
    assert.match(String(limit), /: 1 test fails without it, but passes where the functions of the change do nothing$/);
    assert.match(
      String(gap),
      /taken out; 1 test fails without it, but passes where the functions of the change do nothing$/,
    );
    const [untried, unknown] = only(NOT_THERE);
    assert.deepEqual(untried, [[], ['subtracts']]);
    assert.match(String(unknown), /1 test fails without it, but does not run where/);
  });

  test('where no function can be emptied a test that is red on the base guards, and it is said that it was not tried', () => {
    const run = play(givenChange());
    const alone = { candidate: FIX, tree: TAKEN_BACK, how: 'taken_back' as const, functions: [], count: 0 };
    const state = { ...run.state, hollowed: new Map([[FIX, alone]]) };
    const found = assessEvidence(state, FIX);
    assert.deepEqual(found.kind === 'shown' && [found.guards, found.emptied], [['subtracts'], false]);
    assert.match(
      readiness(state).find(({ code }) => code === 'K_TESTS_SHALLOW')?.text ?? '',
      /no function that omk can empty/,
    );
  });

  test('a log of before is read as it was judged: what is red on the base guards', () => {
    const run = play(givenChange({ expect: 'feature' }, { emptied: GREEN_THERE }));
    const { asksRed: _, ...before } = run.state.hollowed.get(FIX) ?? assert.fail('no hollow candidate');
    const measurements = run.state.measurements.filter(({ tree: of }) => of !== before.tree);
    const found = assessEvidence({ ...run.state, measurements, hollowed: new Map([[FIX, before]]) }, FIX);
    assert.deepEqual(found.kind === 'shown' && found.guards, ['subtracts']);
  });

  test('a new test that is green on the base shows nothing, and that is said', () => {
    for (const expect of ['fix', 'feature'] as const) {
      const run = play(givenChange({ expect }, { takenBack: GREEN_THERE }));
      assert.equal(run.state.status, 'not_ready');
      const [gap] = blocking(readiness(run.state));
      assert.match(gap?.text ?? '', /1 new test passes without it too/);
    }
    const run = play(givenChange({}, { takenBack: GREEN_THERE }));
    assert.equal(run.state.status, 'ready');
    const codes = readiness(run.state).map(({ code }) => code);
    assert.ok(codes.includes('K_NO_REGRESSION_ONLY') && codes.includes('K_TESTS_SHOW_NOTHING'), codes.join());
  });

  test('a new test that only loads with the change is run where its functions do nothing: it guards, and fixes nothing', () => {
    const shown = { takenBack: NOT_THERE };
    assert.equal(play(givenChange({ expect: 'feature' }, shown)).state.status, 'ready');
    assert.equal(play(givenChange({ expect: 'fix' }, shown)).state.status, 'not_ready');
    const silent = { takenBack: NOT_THERE, emptied: GREEN_THERE };
    const idle = play(givenChange({ expect: 'feature' }, silent));
    assert.equal(idle.state.status, 'not_ready');
    const told = blocking(readiness(idle.state))[0]?.text ?? '';
    assert.match(told, /1 new test cannot load without it, and passes where the functions of the change do nothing$/);
    assert.doesNotMatch(told, /without it too/);
    const unseen = evidenceOf(play(givenChange({}, { takenBack: NOT_THERE, emptied: NOT_THERE })));
    assert.deepEqual(unseen.kind === 'shown' && unseen.unseen, ['subtracts']);
  });

  test('a change of nothing but tests shows nothing of a change', () => {
    const run = play(givenChange());
    const state = {
      ...run.state,
      hollowed: new Map([[FIX, { candidate: FIX, tree: null, how: 'taken_back' as const, functions: [], count: 0 }]]),
    };
    const found = assessEvidence(state, FIX);
    assert.deepEqual(found.kind === 'shown' && [found.silent, found.unseen, found.fixes], [['subtracts'], [], []]);
  });

  test('a test of the base that is red there and green with the change is evidence, too', () => {
    const base = shows({ passed: ['adds'], failed: ['subtracts'] });
    const run = play(givenChange({ expect: 'fix' }, { base }));
    assert.equal(run.state.status, 'ready');
    const found = evidenceOf(run);
    assert.deepEqual(found.kind === 'shown' && [found.fixes, found.guards], [['subtracts'], []]);
  });

  test('only tests that the change added or may have edited are said to be by its author', () => {
    const base = shows({ passed: ['adds'], failed: ['subtracts'] });
    const product = { change: 'modified', oldMode: '100644', newMode: '100644' } as const;
    const byAuthor = (path: string, extended: readonly string[] = []) => {
      const examine = (candidate: TreeId) => examinedOf(candidate, { changes: [{ path, ...product }], extended });
      const run = play({ ...givenChange({ expect: 'fix' }, { base }), examine });
      const limit = readiness(run.state).find(({ code }) => code === 'K_TESTS_BY_AUTHOR');
      return [run.state.status, limit?.text.replace(/.*: /, '')];
    };
    assert.deepEqual(byAuthor('a.js'), ['ready', undefined]);
    assert.deepEqual(byAuthor('src/lib.rs'), ['ready', undefined]);
    assert.deepEqual(byAuthor('src/lib.rs', ['src/lib.rs']), ['ready', '1 of 1']);
    assert.deepEqual(byAuthor('a.test.js'), ['ready', '1 of 1']);
  });

  test('what the base could not decide is no evidence', () => {
    const rounds = [GREEN_THERE, shows({ passed: ['adds'], failed: ['subtracts'] })];
    const other = givenChange().measure;
    const run = play({
      ...givenChange({ expect: 'fix' }),
      measure: (gateRun, state) =>
        (gateRun.purpose === 'baseline' ? rounds[gateRun.round - 1] : undefined) ?? other(gateRun, state),
    });
    assert.equal(run.state.status, 'not_ready');
  });

  test('a check that fails on the base shows the change; one that passes there shows nothing', () => {
    const world = (atBase: 0 | 1): Partial<World> => ({
      ...givenChange({ expect: 'feature' }, { takenBack: GREEN_THERE }),
      policy: policyOf(gateSpec(), checkGate()),
      measure: (run, state) =>
        run.gate === 'check-1'
          ? exits(run.purpose === 'baseline' ? atBase : 0)
          : givenChange({}, { takenBack: GREEN_THERE }).measure(run, state),
    });
    assert.equal(play(world(1)).state.status, 'ready');
    assert.equal(play(world(0)).state.status, 'not_ready');
  });
});

suite('the end of a judgement', () => {
  test('an empty change is not ready, and nothing runs', () => {
    const run = play({ ...givenChange(), given: givenOf(BASE) });
    assert.equal(run.state.status, 'not_ready');
    assert.deepEqual(run.state.measurements, []);
    assert.deepEqual(
      readiness(run.state).map(({ code }) => code),
      ['G_EMPTY_PATCH'],
    );
  });

  test('a test that is lost is no question to a person, and nothing more is run', () => {
    const run = play(givenChange({}, { delivered: shows({ passed: ['subtracts'], failed: ['adds'] }) }));
    assert.equal(run.state.status, 'not_ready');
    assert.deepEqual(run.state.questions, []);
    assert.ok(!purposes(run).some((each) => each.startsWith('hollow')));
  });

  const edits: Partial<World> = {
    ...givenChange(),
    examine: (candidate) =>
      examinedOf(candidate, {
        contract: tree('contract'),
        contractChanges: [{ path: 'a.test.js', change: 'edited' }],
        changes: [{ path: 'a.test.js', change: 'modified', oldMode: '100644', newMode: '100644' }],
      }),
  };

  test('a change of tests is a question, asked with what the tests show; yes before it is asked needs nobody', () => {
    const asked = play(edits);
    assert.equal(asked.state.status, 'blocked_on_human');
    const id = `q-contract-${FIX.slice(0, 12)}`;
    assert.equal(openQuestion(asked.state)?.id, id);
    assert.equal(evidenceOf(asked).kind, 'shown');
    assert.equal(play({ ...edits, given: givenOf(FIX, { accepts: [id] }) }).state.status, 'ready');
    assert.equal(
      play({ ...edits, given: givenOf(FIX, { accepts: ['q-contract-other'] }) }).state.status,
      'blocked_on_human',
    );
  });

  test('an answer is advised only where a question is open', () => {
    const fixOf = (world: Partial<World>) =>
      blocking(readiness(play(world).state)).find(({ code }) => code === 'G_CONTRACT_CHANGED')?.fix ?? '';
    assert.match(fixOf(edits), /omk goal answer --accept/);
    const { measure } = givenChange({}, { delivered: shows({ passed: ['subtracts'], failed: ['adds'] }) });
    assert.match(fixOf({ ...edits, measure }), /^take it back; or mend what is missing, and omk judge asks/);
  });

  test('a submodule that moves is one question, and yes is ready without the gates that need its files, and no more', () => {
    const delivered = shows({ passed: ['subtracts'], failed: ['adds'] });
    const world = (given: Partial<Given>): Partial<World> => ({
      ...givenChange(given, { delivered, takenBack: GREEN_THERE }),
      examine: (candidate) =>
        examinedOf(candidate, {
          changes: [{ path: 'lib', change: 'modified', oldMode: '160000', newMode: '160000' }],
        }),
    });
    const id = `q-contract-${FIX.slice(0, 12)}`;
    const asked = play(world({}));
    assert.equal(asked.state.status, 'blocked_on_human');
    assert.match(
      openQuestion(asked.state)?.text ?? '',
      /moves submodule lib to another commit.*not be measured: test. May/,
    );
    const yes = play(world({ accepts: [id] }));
    assert.equal(yes.state.status, 'ready');
    assert.ok(readiness(yes.state).some(({ code }) => code === 'K_SUBMODULE_MOVED'));
    const fix = play(world({ accepts: [id], expect: 'fix' }));
    assert.equal(fix.state.status, 'not_ready');
    assert.deepEqual(
      blocking(readiness(fix.state)).map(({ code }) => code),
      ['G_NO_FAIL_TO_PASS'],
    );
  });

  test('an answer is followed when the goal is resumed', () => {
    const after = (answer: { kind: 'accept' } | { kind: 'reject'; note: string }) => {
      let left = 1;
      return play({ ...edits, answer: () => answer, whenStopped: () => (left-- > 0 ? 'resume' : 'leave') }).state
        .status;
    };
    assert.equal(after({ kind: 'accept' }), 'ready');
    assert.equal(after({ kind: 'reject', note: 'no' }), 'not_ready');
  });

  test('a gate that was red before judges nothing, so where there is no other nothing is shown', () => {
    const red = shows({ failed: ['adds'] });
    const run = play({
      ...givenChange(),
      measure: (gateRun, state) => (gateRun.purpose === 'canary' ? givenChange().measure(gateRun, state) : red),
    });
    assert.equal(run.state.status, 'not_ready');
    assert.deepEqual(
      blocking(readiness(run.state)).map(({ code }) => code),
      ['G_NOTHING_SHOWN'],
    );
    const beside = shows({ passed: ['adds'], failed: ['old'] });
    const after = shows({ passed: ['adds', 'subtracts'], failed: ['old'] });
    assert.equal(play(givenChange({}, { base: beside, delivered: after, takenBack: RED_THERE })).state.status, 'ready');
  });
});
