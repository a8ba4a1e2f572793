import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { evolve } from '../transition/evolve.ts';
import { EMPTY_STATE, type GoalState } from '../goal/state.ts';
import { BASE, BLOB, created, examinedOf, FIX, observedAs, snapshotOf } from '../testing/build.ts';
import { captureGaps, captureLimits, capturesWanted, fitPlaces, unfitCaptures } from './captures.ts';
import { toldCommands } from './told.ts';
import { GOAL_CLASSES, type GoalClass } from '../plan/plan.ts';
import { commandIn, masked, parseCapture, type Capture, type CommandRun } from '../plan/command.ts';

const CAPTURES: readonly Capture[] = [
  { criterion: 'c', run: 'node a.js', becomes: 'node a.ts' },
  { criterion: 'c', run: 'node b.js', heldBack: true },
];
const CRITERION = { id: 'c', text: 'the same', keep: true, kind: 'captures', places: [0, 1] } as const;

/** Both commands in both rounds, on the base and on the candidate. */
const RUNS: readonly CommandRun[] = [BASE, FIX].flatMap((tree) =>
  [0, 1].flatMap((place) => [1, 2].map((round): CommandRun => ({ of: 'capture', place, tree, round }))),
);

const stateOf = (shows: (run: CommandRun) => ReturnType<typeof observedAs>, runs = RUNS): GoalState =>
  runs.reduce<GoalState>((state, run) => evolve(state, { type: 'command.observed', data: shows(run) }), {
    ...EMPTY_STATE,
    created: created({ captures: CAPTURES }),
    plan: { criteria: [CRITERION], tasks: [] },
    focus: { task: 't1', snapshot: snapshotOf(FIX), start: BASE },
    examined: new Map([[FIX, examinedOf(FIX)]]),
  });

describe('captures', () => {
  test('what does the same under both conditions holds, and nothing is wanted any more', () => {
    const state = stateOf((run) => observedAs(run, `zone ${run.round}`.slice(0, 4)));
    assert.deepEqual(captureGaps(state, CRITERION), []);
    assert.deepEqual(capturesWanted(state, FIX, null), []);
    assert.deepEqual(unfitCaptures(state), []);
  });

  test('what is told apart by what the agent knows: the command and the first line, or only that there is one', () => {
    const differs = (place: number) =>
      captureGaps(
        stateOf((run) => observedAs(run, run.tree === FIX && run.place === place ? 'a\nc' : 'a\nb')),
        CRITERION,
      )[0]?.text;
    assert.match(differs(0) ?? '', /`node a\.js` \(at the end `node a\.ts`\): stdout line 2 is "c", was "b"/);
    assert.match(differs(1) ?? '', /1 that the agent is not told of/);
    assert.doesNotMatch(differs(1) ?? '', /b\.js/);
  });

  test('that omk found are left out where nothing could be compared, and a trial of a language must end well', () => {
    const where = (capture: Partial<Capture>, exit: string): GoalState => {
      const state = stateOf((run) => observedAs(run, run.place === 0 ? `run ${run.round}` : 'same'));
      const all = CAPTURES.map((each, place) => (place === 0 ? { ...each, ...capture } : each));
      const observed = state.observed.map((each) =>
        each.place === 0 && exit !== '0'
          ? { ...each, run: { ...each.run, outcome: { kind: 'exited', code: Number(exit) } as const } }
          : each,
      );
      return { ...state, observed, created: created({ captures: all }) };
    };
    assert.match(unfitCaptures(where({}, '0'))[0] ?? '', /is not the same in two runs on the base/);
    assert.deepEqual(unfitCaptures(where({ found: true }, '0')), []);
    assert.deepEqual(fitPlaces(where({ found: true }, '0'), [0, 1]), [1]);
    assert.match(
      unfitCaptures(where({ trial: true }, '1'))[0] ?? '',
      /a program that does nothing, cannot be run here/,
    );
    assert.deepEqual(unfitCaptures(where({ trial: true }, '0')), []);
    assert.deepEqual(fitPlaces(where({ trial: true }, '0'), [0, 1]), [1], 'it is no command of the goal');
  });

  test('an agent is told of the commands at the end that are not held back', () => {
    const told = toldCommands(stateOf(observedAs));
    assert.match(told, /`node a\.ts`/);
    assert.match(told, /Others like them/);
    assert.doesNotMatch(told, /b\.js/);
  });

  test('an exit code counts, and one condition is enough', () => {
    const state = stateOf((run) =>
      observedAs(run, 'out', 0, run.tree === FIX && run.round === 2 && run.place === 0 ? 3 : 0),
    );
    assert.match(captureGaps(state, CRITERION)[0]?.text ?? '', /exit code 3, was 0/);
  });

  describe('files that nobody named', () => {
    const left = (name: string, text: string) => ({
      name,
      blob: { ...BLOB, sha256: text.padEnd(64, '0') },
      head: text,
    });
    const withFile = (name: string, text: (run: CommandRun) => string | null) =>
      stateOf((run) => {
        const seen = observedAs(run);
        const is = text(run);
        return is === null
          ? { ...seen, wrote: [] }
          : { ...seen, parts: [...seen.parts, left(name, is)], wrote: [name] };
      });

    test('are the same, and none is new', () => {
      assert.deepEqual(
        captureGaps(
          withFile('a.txt', () => 'a'),
          CRITERION,
        ),
        [],
      );
      const other = withFile('a.txt', ({ tree }) => (tree === FIX ? 'b' : 'a'));
      assert.match(captureGaps(other, CRITERION)[0]?.text ?? '', /a\.txt line 1 is "b", was "a"/);
      const extra = withFile('debug.log', ({ tree }) => (tree === FIX ? 'x' : null));
      assert.match(captureGaps(extra, CRITERION)[0]?.text ?? '', /debug\.log is there, and was not/);
      const gone = withFile('a.txt', ({ tree }) => (tree === FIX ? null : 'a'));
      assert.match(captureGaps(gone, CRITERION)[0]?.text ?? '', /a\.txt is not there any more/);
    });

    test('that two runs on the base leave otherwise are not compared, and the proof says so', () => {
      const loose = withFile('pid', ({ round, tree }) => (tree === BASE ? `${round}` : null));
      assert.deepEqual([captureGaps(loose, CRITERION), unfitCaptures(loose)], [[], []]);
      assert.match(
        captureLimits(loose)
          .map(({ text }) => text)
          .join(),
        /were not compared: pid/,
      );
    });

    test('count only where they were looked for in both', () => {
      const old = stateOf((run) => {
        const seen = observedAs(run);
        return run.tree === FIX ? { ...seen, parts: [...seen.parts, left('x', 'x')], wrote: ['x'] } : seen;
      });
      assert.deepEqual(captureGaps(old, CRITERION), []);
    });
  });

  test('nothing holds before it was run: those that the agent knows first, then the others', () => {
    const state = stateOf(
      observedAs,
      RUNS.filter(({ tree }) => tree === BASE),
    );
    assert.equal(captureGaps(state, CRITERION)[0]?.code, 'G_GATE_PENDING');
    assert.deepEqual([...new Set(capturesWanted(state, FIX, false).map(({ place }) => place))], [0]);
    assert.deepEqual([...new Set(capturesWanted(state, FIX, true).map(({ place }) => place))], [1]);
  });

  test('what differs from run to run of the base, or cannot be run there, is told before an agent is paid', () => {
    const clock = stateOf((run) => observedAs(run, run.place === 0 ? `at ${run.round}` : 'out'));
    assert.match(unfitCaptures(clock)[0] ?? '', /`node a\.js` is not the same in two runs on the base: stdout line 1/);
    const none = stateOf((run) => observedAs(run, 'out', 0, 127));
    assert.match(unfitCaptures(none)[0] ?? '', /cannot be run \(exit code 127\) on the base/);
  });

  test('where nothing here runs the language of a port, it is said what would', () => {
    const trial = (run: string) => {
      const captures: readonly Capture[] = [{ criterion: 'c', run, trial: true }];
      const runs = RUNS.filter(({ place, tree }) => place === 0 && tree === BASE);
      const state = stateOf((each) => observedAs(each, '', 0, 1), runs);
      return unfitCaptures({ ...state, created: created({ captures }) });
    };
    assert.match(
      String(trial('node omk-trial.ts')),
      /it needs a Node that runs \.ts files: 22\.18 or later of 22, else 23\.6 or later/,
    );
    assert.doesNotMatch(String(trial('python3 omk-trial.py')), /it needs/);
  });

  test('what is ported, written anew or migrated without a command that was compared says so', () => {
    const codes = (is: GoalClass) =>
      captureLimits({ ...stateOf(observedAs), created: created({}), plan: { criteria: [], tasks: [], class: is } }).map(
        ({ code }) => code,
      );
    const loose = GOAL_CLASSES.filter((is) => codes(is).includes('K_NOT_CAPTURED'));
    assert.deepEqual(loose, ['port', 'rewrite', 'migration']);
  });

  test('limits say what was in sight and what was masked', () => {
    const codes = (captures: readonly Capture[]) =>
      captureLimits({ ...stateOf(observedAs), created: created({ captures }) }).map(({ code }) => code);
    assert.ok(!codes(CAPTURES).includes('K_CAPTURES_IN_SIGHT'));
    assert.ok(codes([{ criterion: 'c', run: 'x' }]).includes('K_CAPTURES_IN_SIGHT'));
    assert.ok(codes([{ criterion: 'c', run: 'x', stderr: false }]).includes('K_CAPTURES_MASKED'));
  });

  test('property: a candidate holds exactly when every part of every run is that of the base', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b'), { minLength: 4, maxLength: 4 }), (texts) => {
        const state = stateOf((run) => {
          const own = texts[run.place * 2 + run.round - 1] ?? 'a';
          return observedAs(run, run.tree === BASE ? 'a' : own);
        });
        assert.equal(
          captureGaps(state, CRITERION).length === 0,
          texts.every((text) => text === 'a'),
        );
      }),
    );
  });

  test('the command line names one command, or two with an arrow', () => {
    assert.deepEqual(parseCapture(' node a.js -h '), { run: 'node a.js -h' });
    assert.deepEqual(parseCapture('python3 a.py => node a.js'), { run: 'python3 a.py', becomes: 'node a.js' });
    for (const text of ['', ' => x', 'x => ', 'a => b => c']) assert.equal(parseCapture(text), null);
    assert.equal(commandIn({ criterion: 'c', run: 'a', becomes: 'b' }, true), 'a');
    assert.equal(commandIn({ criterion: 'c', run: 'a', becomes: 'b' }, false), 'b');
  });

  test('property: masked text has nothing that a pattern takes, and no pattern changes nothing', () => {
    assert.equal(masked('took 12 ms\nat 7', [String.raw`\d+ ms`]), 'took [masked]\nat 7');
    assert.equal(masked('a(b', ['(']), 'a(b');
    fc.assert(fc.property(fc.string(), (text) => masked(text) === text && !/\d/.test(masked(text, [String.raw`\d`]))));
  });
});
