import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { EMPTY_STATE, type GoalState } from '../goal/state.ts';
import type { GateSpec } from '../gates/gate.ts';
import { created, examinedOf, FIX, gateSpec, observedAs, shows, snapshotOf } from '../testing/build.ts';
import { fold } from '../transition/evolve.ts';
import { blocks, known } from '../goal/gap.ts';
import { handedIn } from '../testing/handed-in.ts';
import { heldOutOptions } from '../testing/held-out.ts';
import { gates, play, world } from '../testing/ready.ts';
import { simulateTasks, type Work } from '../testing/simulate-tasks.ts';
import { tapeOf } from '../testing/tape.ts';
import type { Criterion, Plan } from '../plan/plan.ts';
import { readiness } from '../judge/readiness.ts';
import { standings } from './standing.ts';

const CRITERIA: readonly Criterion[] = [
  { id: 'f', text: 'gone', kind: 'fact', fact: 0 },
  { id: 'c', text: 'same', keep: true, kind: 'captures', places: [0] },
  { id: 'w', text: 'works', kind: 'tests', ids: [] },
];
const document = { criteria: [{ id: 'f', text: 'gone', fact: 'a is gone' }], tasks: [{ id: 't1', title: 'x' }] };
const stateOf = (more: Partial<GoalState> = {}): GoalState => ({
  ...EMPTY_STATE,
  created: created({
    facts: ['a is gone'],
    captures: [{ criterion: 'c', run: 'a' }],
    plan: { document, sha256: 'a'.repeat(64) },
  }),
  plan: { criteria: CRITERIA, tasks: [], ownTests: true },
  focus: { task: 't1', snapshot: snapshotOf(FIX), start: FIX },
  facts: new Map([[FIX, [true]]]),
  ...more,
});
/** A goal whose agent left gate b as red as it was, with this plan. */
function endOf(criteria: readonly Criterion[], specs: readonly GateSpec[]): GoalState {
  const { measure } = world();
  const { state } = play({
    ...gates(...specs),
    options: { maxAttempts: 1, maxTurns: 1, facts: ['a is gone'] },
    facts: () => [true],
    measure: (run, before) =>
      run.gate === 'gate-b' && run.purpose !== 'canary'
        ? shows({ passed: ['adds'], failed: ['subtracts'] })
        : measure(run, before),
  });
  return { ...state, plan: { criteria, tasks: state.plan?.tasks ?? [] } };
}

const levels = (state: GoalState) => Object.fromEntries(standings(state).map(({ id, level }) => [id, level]));

describe('the standing of criteria', () => {
  test('what a person gave stands higher than what the worker wrote', () => {
    assert.deepEqual(levels(stateOf()), {
      f: 'OMK_ORACLE_GIVEN',
      c: 'OMK_ORACLE_GIVEN',
      w: 'K_ORACLE_BY_WORKER',
      'own-tests': 'K_ORACLE_BY_WORKER',
    });
  });

  test('what the plan of a session chose is by an agent, until a person approves that plan', () => {
    const asked = created().options;
    assert.equal(levels(stateOf({ asked }))['f'], 'K_ORACLE_BY_AGENT');
    assert.equal(levels(stateOf({ asked }))['c'], 'OMK_ORACLE_GIVEN');
    assert.equal(levels(stateOf({ asked, approved: { plan: 'a'.repeat(64) } }))['f'], 'OMK_ORACLE_APPROVED');
    assert.equal(levels(stateOf({ asked, approved: { plan: 'b'.repeat(64) } }))['f'], 'K_ORACLE_BY_AGENT');
  });

  test('limits and what is open belong to the criterion that they are about', () => {
    const observed = [1, 2].map((round) => observedAs({ of: 'capture', place: 0, tree: FIX, round }));
    const [, captures] = standings(stateOf({ observed }));
    assert.equal(captures?.keep, true);
    const without = standings(stateOf({ focus: { task: 't1', snapshot: null, start: FIX } }));
    assert.ok(without.every(({ shown }) => !shown));
    assert.deepEqual(standings(EMPTY_STATE), []);
  });

  test('a criterion is shown where nothing open names it, its gate or what it is shown by', () => {
    const gate = (id: string): Criterion => ({ id, text: id, kind: 'test', gate: `gate-${id}` });
    const criteria: readonly Criterion[] = [gate('a'), gate('b'), { id: 'f', text: 'gone', kind: 'fact', fact: 0 }];
    const spec = ['a', 'b'].map((id) => gateSpec({ id: `gate-${id}` }));
    const state = endOf(criteria, spec);
    const shown = Object.fromEntries(standings(state).map(({ id, shown: is }) => [id, is]));
    // Gate a passes, and gate b has a test that is red.
    assert.deepEqual(shown, { a: true, b: false, f: true });
    const limits = Object.fromEntries(standings(state).map(({ id, limits: of }) => [id, of]));
    const known = readiness(state).filter(({ kind, subject }) => kind === 'known' && subject === 'gate-a');
    assert.deepEqual(
      limits['a'],
      known.map(({ code }) => code),
      'those of its gate',
    );
    assert.deepEqual(limits['f'], [], 'and not those of others');
    assert.ok(standings(state).every(({ keep }) => !keep));
    assert.ok(standings(state).every(({ level }) => level === 'OMK_ORACLE_GIVEN'));
  });

  test('what a worker is to write tests for is not shown before its task is done, and all that came is', () => {
    const plan: Plan = {
      criteria: ['t1', 't2'].map((id) => ({ id: `c-${id}`, text: id, kind: 'tests', ids: [`test ${id}`] })),
      tasks: ['t1', 't2'].map((id) => ({
        id,
        title: id,
        brief: '',
        needs: [],
        writes: [`${id}/`],
        criteria: [`c-${id}`],
      })),
    };
    const work: Work = (task) => (task === 't1' ? { t1: 'good' } : {});
    const ended = simulateTasks({ plan, options: {}, work, crashes: 0, resumes: 0 }, tapeOf([0]));
    const written = { ...plan, criteria: plan.criteria.map((each) => ({ ...each, ids: [] })) };
    const head = ended.head?.tree ?? '';
    const path = 'docs/a.md';
    const documented = {
      ...examinedOf(head),
      changes: [{ path, change: 'added', oldMode: '0', newMode: '100644' }],
    } as const;
    const question = { id: 'q', code: 'docs_only', text: '', subject: head, paths: [path] } as const;
    const state: GoalState = {
      ...ended,
      plan: { ...written, ownTests: true },
      examined: new Map([[head, documented]]),
      questions: [{ question, answer: { kind: 'accept' } }],
    };
    const shown = (of: GoalState) => Object.fromEntries(standings(of).map(({ id, shown: is }) => [id, is]));
    assert.deepEqual(shown(state), { 'c-t1': true, 'c-t2': false, 'own-tests': true });
    assert.deepEqual(shown({ ...state, questions: [] }), { 'c-t1': false, 'c-t2': false, 'own-tests': false });
    const mending = { id: 'final-1', title: '', brief: '', needs: [], writes: [], criteria: ['c-t1'] };
    const given = blocks('G_TASK_OPEN', 'final-1', '', 'omk goal resume');
    const with1 = (origin: object) =>
      standings({ ...state, plan: { ...written, ownTests: true, tasks: [{ ...mending, ...origin }] } }, [given])[0]
        ?.shown;
    assert.equal(with1({ origin: { kind: 'final' } }), true, 'what mends the whole is about the whole');
    assert.equal(with1({ origin: { kind: 'proposed', attempt: 1 } }), false);
  });

  test('own tests and held-out checks stand beside the plan, each only where it is asked for', () => {
    const ids = (more: Partial<GoalState>): readonly string[] => standings(stateOf(more)).map(({ id }) => id);
    const plan = { criteria: CRITERIA, tasks: [] };
    assert.deepEqual(ids({ plan }), ['f', 'c', 'w']);
    assert.deepEqual(ids({ plan: { ...plan, ownTests: true } }), ['f', 'c', 'w', 'own-tests']);
    assert.deepEqual(ids({ plan: { ...plan, heldOut: true }, created: created({ heldOut: heldOutOptions() }) }), [
      'f',
      'c',
      'w',
      'held-out',
    ]);
    assert.deepEqual(ids({ created: null, plan }), ['f', 'c', 'w']);
  });

  const ABOUT: readonly (readonly [criterion: Criterion, by: readonly string[]])[] = [
    [{ id: 'c', text: 'x', kind: 'test', gate: 'g' }, ['c', 'g']],
    [{ id: 'c', text: 'x', kind: 'fact', fact: 0 }, ['c']],
    [{ id: 'c', text: 'x', kind: 'captures', places: [0] }, ['c', 'captures']],
    [{ id: 'c', text: 'x', kind: 'timing', place: 0 }, ['c', 'timings']],
    [{ id: 'c', text: 'x', kind: 'tests', ids: [], files: ['a.test.js'] }, ['c', 'held-out']],
    [{ id: 'c', text: 'x', kind: 'tests', ids: ['a'], files: [] }, ['c']],
  ];
  const SUBJECTS = ['c', 'g', 'captures', 'timings', 'held-out', 'own-tests', 'candidate'];
  for (const [criterion, by] of ABOUT)
    test(`what is open and what is limited about ${criterion.kind} is said of ${by.join(' and ')}`, () => {
      const goal = created({ heldOut: heldOutOptions() });
      const state = stateOf({ created: goal, plan: { criteria: [criterion], tasks: [], ownTests: true } });
      for (const subject of SUBJECTS) {
        const about: readonly (readonly [string, readonly string[]])[] = [
          ['c', by],
          ['own-tests', ['own-tests']],
          ['held-out', ['held-out']],
        ];
        const open = standings(state, [blocks('G_GATE_FAILED', subject, 'x', 'y')]);
        const limited = standings(state, [known('K_EXIT_ONLY', subject, 'x')]);
        assert.deepEqual(
          open.map(({ id, shown, limits, keep }) => [id, shown, limits, keep]),
          about.map(([id, names]) => [id, !names.includes(subject), [], false]),
        );
        assert.deepEqual(
          limited.map(({ id, shown, limits }) => [id, shown, limits]),
          about.map(([id, names]) => [id, true, names.includes(subject) ? ['K_EXIT_ONLY'] : []]),
        );
      }
      const without = standings(state, [blocks('G_NO_CANDIDATE', 'candidate', 'x', 'y')]);
      assert.ok(without.every(({ shown }) => !shown));
    });

  test("checks of another session are an agent's until a person approves them, and show nothing beside themselves", () => {
    const submitted = fold(handedIn);
    const state = { ...submitted, oracles: submitted.oracles.map((each) => ({ ...each, ended: 'accepted' as const })) };
    const criteria: readonly Criterion[] = ['goal', 'checks-goal', 'other'].map((id) => ({
      id,
      text: id,
      kind: 'tests',
      ids: [],
    }));
    const of = (from: GoalState) => levels({ ...from, plan: { criteria, tasks: [], ownTests: true, oracle: 'agent' } });
    assert.deepEqual(of(state), {
      goal: 'K_ORACLE_BY_AGENT',
      'checks-goal': 'K_ORACLE_BY_AGENT',
      other: 'K_ORACLE_BY_WORKER',
    });
    assert.equal(of({ ...state, approved: { commitment: 'a'.repeat(64) } })['goal'], 'OMK_ORACLE_APPROVED');
    assert.equal(of({ ...state, approved: { commitment: 'b'.repeat(64) } })['goal'], 'K_ORACLE_BY_AGENT');
    // A session that has not ended well has written nothing that counts.
    assert.equal(of(submitted)['goal'], 'K_ORACLE_BY_WORKER');
  });
});
