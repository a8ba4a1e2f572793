import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Purpose } from '../gates/evidence.ts';
import type { PathChange } from '../git/snapshot.ts';
import { EMPTY_STATE, type GoalState } from '../goal/state.ts';
import {
  BASE,
  created,
  examinedOf,
  exits,
  FIX,
  gateSpec,
  measurement,
  policyOf,
  shows,
  tree,
} from '../testing/build.ts';
import { fc } from '../testing/fast-check.ts';
import { assessOwnTests, takenAway } from './assess.ts';
import { reportedIn, wantedRun } from './runs.ts';

const HOLLOW = tree('hollow');
const BACK = tree('back');
const once = { baselineRuns: 1 } as const;
const GATES = [
  gateSpec({ id: 'a', ...once }),
  gateSpec({ id: 'd', ...once }),
  gateSpec({ id: 'exit', reader: 'exit_only', ...once }),
  gateSpec({ id: 'skip', skip: true, ...once }),
  gateSpec({ id: 'command', kind: 'command', ...once }),
];
const IDS = ['one', 'two', 'three'] as const;
type Outcome = 'passed' | 'failed' | 'absent';
/** What each of the three tests is in one run. */
type Run = readonly [Outcome, Outcome, Outcome];
interface Seen {
  readonly base: Run;
  readonly delivered: Run;
  readonly hollow: Run | null;
  readonly back: Run | null;
}

const outcome = fc.constantFrom<Outcome>('passed', 'failed', 'absent');
const run = fc.tuple(outcome, outcome, outcome);
const seen = fc.record<Seen>({
  base: run,
  delivered: run,
  hollow: fc.option(run, { freq: 5 }),
  back: fc.option(run, { freq: 5 }),
});

const named = (gate: string, which: Run, wanted: Outcome): readonly string[] =>
  IDS.filter((_, at) => which[at] === wanted).map((id) => `${gate} > ${id}`);
const measured = (gate: string, purpose: Purpose, on: string, which: Run | null) =>
  which === null
    ? []
    : [
        measurement({
          gate,
          purpose,
          tree: on,
          ...shows({
            passed: [`${gate} > always`, ...named(gate, which, 'passed')],
            failed: named(gate, which, 'failed'),
          }),
        }),
      ];

const change = (path: string, how: PathChange['change'] = 'added'): PathChange => ({
  path,
  change: how,
  oldMode: '000000',
  newMode: '100644',
});
const stateOf = (by: Readonly<Record<string, Seen>>, more: Partial<GoalState> = {}): GoalState => ({
  ...EMPTY_STATE,
  created: created(),
  policy: policyOf(...GATES),
  plan: { criteria: [], tasks: [], ownTests: true },
  examined: new Map([[FIX, examinedOf(FIX, { changes: [change('a.js', 'modified')] })]]),
  hollowed: new Map([
    [FIX, { candidate: FIX, tree: HOLLOW, takenBack: BACK, how: 'emptied', functions: [], count: 0 }],
  ]),
  measurements: Object.entries(by).flatMap(([gate, each]) => [
    ...measured(gate, 'baseline', BASE, each.base),
    ...measured(gate, 'contract', FIX, each.delivered),
    ...measured(gate, 'hollow', HOLLOW, each.hollow),
    ...measured(gate, 'reversal', BACK, each.back),
  ]),
  ...more,
});
const added = (by: Readonly<Record<string, Seen>>) =>
  ['a', 'd'].flatMap((gate) => {
    const each = by[gate];
    const ids = IDS.flatMap((id, at) =>
      each?.base[at] === 'absent' && each.delivered[at] === 'passed' ? [{ gate, id, at, each }] : [],
    );
    return ids;
  });

test('property: what new tests show follows from what they are with the change, without what it does, and before it', () =>
  fc.assert(
    // The gates that count no tests say the same things, and nobody listens.
    fc.property(fc.record({ a: seen, d: seen, exit: seen, skip: seen, command: seen }), (by) => {
      const found = assessOwnTests(stateOf(by), FIX);
      const news = added(by);
      if (news.length === 0) return assert.equal(found.kind === 'not_shown' && found.why, 'no_tests');
      const wanted = ['a', 'd'].flatMap((gate) => {
        const own = news.find((each) => each.gate === gate);
        if (!own) return [];
        return [...(own.each.hollow ? [] : [[gate, HOLLOW]]), ...(own.each.back ? [] : [[gate, BACK]])];
      });
      if (wanted.length > 0)
        return assert.deepEqual(found.kind === 'needs' ? found.runs.map((each) => [each.gate, each.tree]) : [], wanted);
      const noticed = news.filter(({ each, at }) => each.hollow?.[at] === 'failed');
      const shown = noticed.filter(({ each, at }) => each.back?.[at] !== 'passed');
      const ids = (all: typeof news): readonly string[] => all.map(({ gate, id }) => `${gate} > ${id}`);
      if (shown.length > 0) {
        assert.ok(found.kind === 'shown');
        return assert.deepEqual([found.added, found.noticed], [ids(news), ids(shown)]);
      }
      const passes = news.some(({ each, at }) => each.hollow?.[at] === 'passed');
      assert.equal(found.kind === 'not_shown' && found.why, noticed.length > 0 || passes ? 'not_noticed' : 'not_run');
    }),
    { numRuns: 300 },
  ));

suite('a change', () => {
  const quiet: Seen = {
    base: ['passed', 'passed', 'absent'],
    delivered: ['passed', 'passed', 'absent'],
    hollow: null,
    back: null,
  };
  const fresh: Seen = { ...quiet, delivered: ['passed', 'passed', 'passed'] };
  const kind = (by: Readonly<Record<string, Seen>>, more: Partial<GoalState>): string =>
    assessOwnTests(stateOf(by, more), FIX).kind;
  const changes = (...paths: readonly string[]) => ({
    examined: new Map([[FIX, examinedOf(FIX, { changes: paths.map((path) => change(path)) })]]),
  });

  test('of documentation alone needs no tests, unless it brings some', () => {
    assert.equal(kind({ a: quiet }, changes('README.md', 'docs/a.md')), 'documentation');
    assert.equal(kind({ a: quiet }, changes('README.md', 'a.js')), 'not_shown');
    assert.equal(kind({ a: quiet }, changes()), 'not_shown');
    assert.equal(kind({ a: quiet }, { examined: new Map() }), 'not_shown');
    assert.equal(kind({ a: fresh }, changes('README.md')), 'needs');
  });
  test('is not asked for tests where the plan does not ask', () =>
    assert.equal(kind({ a: fresh }, { plan: { criteria: [], tasks: [] } }), 'none'));
  test('without gates, or without runs, adds no test', () => {
    assert.equal(kind({ a: fresh }, { policy: null }), 'not_shown');
    assert.equal(kind({ a: fresh }, { measurements: [] }), 'not_shown');
  });
  test('is looked at without what it does before its tests are', () => {
    assert.equal(kind({ a: fresh }, { hollowed: new Map() }), 'needs_hollow');
    const none = { candidate: FIX, tree: null, how: 'emptied', functions: [], count: 0 } as const;
    assert.equal(kind({ a: fresh }, { hollowed: new Map([[FIX, none]]) }), 'not_shown');
  });
  test('that was not taken back as a whole has one tree less to run on', () => {
    const one = { candidate: FIX, tree: HOLLOW, how: 'taken_back', functions: [], count: 0 } as const;
    const found = assessOwnTests(stateOf({ a: fresh }, { hollowed: new Map([[FIX, one]]) }), FIX);
    assert.deepEqual(found.kind === 'needs' ? found.runs.map((each) => each.tree) : [], [HOLLOW]);
  });

  const text = (paths: readonly string[], passed: readonly string[]): string => {
    const measurements = [measurement({ gate: 'a', tree: FIX, ...shows({ passed }) })];
    const found = assessOwnTests(stateOf({}, { measurements, ...changes(...paths) }), FIX);
    return found.kind === 'not_shown' ? found.text : '';
  };
  test('whose new test file no gate reports is told so, where names of tests have files', () => {
    assert.match(text(['a.test.js'], ['b.test.js > x']), /reports no test of a\.test\.js, which is new/);
    assert.match(
      text(['a_test.py', 'b_test.py', 'src/c.js'], ['t/x_test.py::y']),
      /of a_test\.py, b_test\.py, which are new/,
    );
    for (const [paths, passed] of [
      [['a.test.js'], ['b > x']],
      [['a.test.js'], ['see b.test.js > x']],
      [['a.test.js'], ['a.test.js > x']],
      [['a.test.js'], ['a.test.js', 'b.test.js > x']],
      [['src/a.js'], ['b.test.js > x']],
    ] as const)
      assert.match(text(paths, passed), /add tests of the new behaviour/, paths.join());
  });
});

test('a run that ended for want of memory is made again alone, once it is known', () => {
  const [gate] = GATES;
  assert.ok(gate);
  const short = measurement({
    gate: 'a',
    purpose: 'hollow',
    tree: HOLLOW,
    outcome: { kind: 'out_of_memory', detail: 'x' },
    report: { kind: 'exit_only' },
  });
  const runs = (...measurements: readonly (typeof short)[]) =>
    wantedRun(stateOf({}, { measurements }), gate, HOLLOW).map(({ round, alone }) => [round, alone]);
  assert.deepEqual(runs(), [[1, undefined]]);
  assert.deepEqual(runs(short), [[2, true]]);
  assert.deepEqual(runs({ ...short, tree: BACK }), [[1, undefined]]);
  assert.deepEqual(runs({ ...short, purpose: 'contract' }), [[1, undefined]]);
  assert.deepEqual(runs(measurement({ gate: 'a', purpose: 'hollow', tree: HOLLOW })), []);
});

test('what a gate reports are tests of every outcome and files that broke, and nothing without a report of tests', () => {
  const [gate] = GATES;
  assert.ok(gate);
  const of = (shown: ReturnType<typeof shows>) =>
    reportedIn(stateOf({}, { measurements: [measurement({ gate: 'a', tree: FIX, ...shown })] }), gate, FIX);
  assert.deepEqual(of(shows({ passed: ['p'], failed: ['f'], skipped: ['s'], broken: ['b'] })), ['p', 'f', 's', 'b']);
  assert.deepEqual(of(exits(0)), []);
});

test('what is taken away names each function once, five at most', () => {
  const functions = (...names: readonly string[]) => names.map((name) => ({ name, path: 'a.js' }));
  const words = (count: number, ...names: readonly string[]): string =>
    takenAway({ candidate: FIX, tree: HOLLOW, how: 'emptied', functions: functions(...names), count });
  assert.equal(words(2, 'a', 'a', 'b'), 'the functions of the change do nothing (a, b)');
  assert.equal(words(5, 'a', 'b', 'c', 'd', 'e'), 'the functions of the change do nothing (a, b, c, d, e)');
  assert.equal(words(6, 'a', 'b', 'c', 'd', 'e', 'f'), 'the functions of the change do nothing (a, b, c, d, e, …)');
});
