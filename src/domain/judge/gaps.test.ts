import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  BASE,
  checkGate,
  COMPLETED,
  examinedOf,
  exits,
  FIX,
  gateSpec,
  policyOf,
  shows,
  snapshotOf,
  tree,
  turnEnded,
  observedAs,
} from '../testing/build.ts';
import type { Expectation } from '../plan/given.ts';
import { givenChange } from '../testing/given.ts';
import { HELD_RED, withHeldOut } from '../testing/held-out.ts';
import { NOT_NOTICED, withOwnTests } from '../testing/own-tests.ts';
import { CANARY, endReady, world } from '../testing/ready.ts';
import type { World } from '../testing/simulate.ts';
import { admits } from '../transition/admit.ts';
import type { GoalEvent } from '../goal/event.ts';
import { evolve, fold } from '../transition/evolve.ts';
import type { BlockingGapCode } from '../goal/gap.ts';
import { blocking, readiness } from './readiness.ts';

type Type = GoalEvent['type'];
type History = readonly GoalEvent[];

const without = (history: History, ...types: readonly Type[]): History =>
  history.filter((event) => !types.includes(event.type));
const change = <T extends Type>(
  history: History,
  type: T,
  make: (event: Extract<GoalEvent, { type: T }>) => GoalEvent,
): History => history.map((event) => (isOf(event, type) ? make(event) : event));
const isOf = <T extends Type>(event: GoalEvent, type: T): event is Extract<GoalEvent, { type: T }> =>
  event.type === type;
const before = (history: History, type: Type, ...events: readonly GoalEvent[]): History => {
  const at = history.findLastIndex((event) => event.type === type);
  return [...history.slice(0, at), ...events, ...history.slice(at)];
};

const ready = endReady();
const history = ready.slice(0, -1);
const ending = ready.at(-1);

interface Case {
  /** The smallest change that causes the gap. */
  readonly from: History;
  /** Gaps that follow from the same change. */
  readonly also?: readonly BlockingGapCode[];
}

/** A goal whose only gate is a check of the exit code and green at the base, so that nothing is shown. */
const noCriterion = endReady({
  ...world(),
  policy: policyOf(gateSpec({ reader: 'exit_only', kind: 'command' })),
  measure: () => exits(0),
  answer: () => ({ kind: 'accept' }),
  whenStopped: (state) => (state.questions.length === 1 && state.attempts.length === 0 ? 'resume' : 'leave'),
});

/** A goal with held-out checks, up to just before its end. */
const heldOut = endReady(withHeldOut()).slice(0, -1);

/** A goal that nothing showed before, with tests of the worker, up to just before its end. */
const ownTests = endReady(withOwnTests()).slice(0, -1);

const GREEN = shows({ passed: ['adds'] });

/** The base is green, and stays as it is. */
const greenBase = (): Pick<World, 'measure'> => ({
  measure: ({ purpose }) =>
    purpose === 'canary' ? shows({ passed: ['adds'], failed: [CANARY.name] }, { canary: CANARY }) : GREEN,
});

const withoutNewTests = (event: Extract<GoalEvent, { type: 'gate.measured' }>): GoalEvent =>
  event.data.purpose === 'canary' ? event : { ...event, data: { ...event.data, ...GREEN } };

const addedFile = (path: string) => ({ path, change: 'added', oldMode: '000000', newMode: '100644' }) as const;

/** A refactoring that a fact shows, up to just before its end. */
const facts = endReady({
  ...greenBase(),
  options: { class: 'refactor', facts: ['old.js is gone'] },
  facts: (tree) => [tree !== BASE],
}).slice(0, -1);

/** The same beside a command that does what it did. */
const captures = endReady({
  ...greenBase(),
  options: { class: 'refactor', facts: ['old.js is gone'], captures: [{ criterion: 'captures', run: 'node a.js' }] },
  facts: (tree) => [tree !== BASE],
}).slice(0, -1);

/** A command that takes half the time, up to just before its end. */
const timings = endReady({
  ...greenBase(),
  options: {
    class: 'performance',
    timings: [{ criterion: 'fast', run: 'node bench.js {n}', n: 100, percent: 150, frozen: [] }],
    plan: {
      sha256: 'a'.repeat(64),
      document: {
        criteria: [{ id: 'fast', text: 'it is faster', timing: { run: 'node bench.js {n}', n: 100, percent: 150 } }],
        tasks: [{ id: 't1', title: 'Make it fast' }],
      },
    },
  },
  observe: (run) => observedAs(run, `sum of ${run.n}`, (run.tree === BASE ? 2 : 1) * (run.n ?? 0)),
}).slice(0, -1);

/** A change of documentation, up to just before its end. */
const docs = endReady({ ...greenBase(), options: { class: 'docs' } }).slice(0, -1);
/** Given changes that bring a test, up to just before their end. */
const given = (expect: Expectation): History => endReady(givenChange({ expect })).slice(0, -1);
const [regression, fix, feature] = [given('no-regression'), given('fix'), given('feature')];

const CASES: Readonly<Record<Exclude<BlockingGapCode, 'G_TASK_OPEN' | 'G_REGRESSION'>, Case>> = {
  G_NO_POLICY: { from: without(history, 'policy.resolved') },
  G_NO_PLAN: { from: without(history, 'plan.made') },
  G_NO_GATE: {
    from: change(history, 'policy.resolved', (event) => ({
      ...event,
      data: { policy: policyOf(gateSpec({ required: false })) },
    })),
  },
  G_NO_CRITERION: { from: without(noCriterion.slice(0, -1), 'question.answered', 'question.asked') },
  G_BASELINE_INCOMPLETE: {
    from: history.filter(
      (event) => !(event.type === 'gate.measured' && event.data.purpose === 'baseline' && event.data.round === 2),
    ),
    also: ['G_GATE_NOT_MEASURED', 'G_CRITERION_OPEN'],
  },
  G_NO_CANDIDATE: { from: without(history, 'snapshot.taken'), also: ['G_INTEGRATED_TREE_DIFFERS'] },
  G_EMPTY_PATCH: {
    from: change(
      change(
        change(history, 'snapshot.taken', (event) => ({
          ...event,
          data: { ...event.data, snapshot: snapshotOf(BASE) },
        })),
        'candidate.examined',
        (event) => ({ ...event, data: examinedOf(BASE) }),
      ),
      'goal.integrated',
      (event) => ({ ...event, data: { ...event.data, tree: BASE } }),
    ),
    also: ['G_GATE_FAILED', 'G_CRITERION_OPEN'],
  },
  G_PATHS_REFUSED: {
    from: change(history, 'snapshot.taken', (event) => ({
      ...event,
      data: { ...event.data, snapshot: snapshotOf(FIX, { refused: [{ path: 'a', code: 'E_DOT_GIT', detail: 'x' }] }) },
    })),
  },
  G_GATE_PENDING: {
    from: history.filter((event) => !(event.type === 'gate.measured' && event.data.purpose === 'contract')),
    also: ['G_CRITERION_OPEN'],
  },
  G_GATE_FAILED: {
    from: change(history, 'gate.measured', (event) =>
      event.data.purpose === 'contract'
        ? { ...event, data: { ...event.data, ...shows({ passed: ['adds'], failed: ['subtracts'] }) } }
        : event,
    ),
    also: ['G_CRITERION_OPEN'],
  },
  G_GATE_NOT_MEASURED: {
    from: change(history, 'gate.measured', (event) =>
      event.data.purpose === 'contract' ? { ...event, data: { ...event.data, report: { kind: 'exit_only' } } } : event,
    ),
    also: ['G_CRITERION_OPEN'],
  },
  G_CRITERION_OPEN: {
    from: change(history, 'plan.made', (event) => ({
      ...event,
      data: {
        ...event.data,
        plan: { ...event.data.plan, criteria: [{ id: 'c9', text: 'x', kind: 'test', gate: 'no-such-gate' }] },
      },
    })),
  },
  G_CONTRACT_CHANGED: {
    from: change(history, 'candidate.examined', (event) => ({
      ...event,
      data: { ...event.data, contractChanges: [{ path: 'a.test.js', change: 'edited' }] },
    })),
  },
  G_POLICY_TOUCHED: {
    from: change(history, 'candidate.examined', (event) => ({
      ...event,
      data: { ...event.data, policyPaths: ['.omk/gates.toml'] },
    })),
  },
  G_SECRET: {
    from: change(history, 'candidate.examined', (event) => ({
      ...event,
      data: { ...event.data, secrets: [{ path: 'a.js', line: 3, kind: 'npm token' }] },
    })),
  },
  G_OPEN_QUESTION: {
    from: before(history, 'goal.integrated', {
      type: 'question.asked',
      data: { question: { id: 'q', code: 'no_criterion', subject: 'goal', text: 'x' } },
    }),
  },
  G_AGENT_UNAVAILABLE: {
    from: change(history, 'turn.ended', (event) => ({
      ...event,
      data: turnEnded(1, 1, { kind: 'unavailable', reason: 'usage_limit', detail: 'x' }),
    })),
  },
  G_HELD_OUT: {
    from: change(heldOut, 'gate.measured', (event) =>
      event.data.purpose === 'held_out' ? { ...event, data: { ...event.data, ...HELD_RED } } : event,
    ),
  },
  G_OWN_TESTS: {
    from: change(ownTests, 'gate.measured', (event) =>
      event.data.purpose === 'hollow' ? { ...event, data: { ...event.data, ...NOT_NOTICED } } : event,
    ),
  },
  G_DOCS_ONLY: {
    from: change(change(ownTests, 'gate.measured', withoutNewTests), 'candidate.examined', (event) => ({
      ...event,
      data: { ...event.data, changes: [addedFile('README.md')] },
    })),
  },
  G_CAPTURE: {
    from: change(captures, 'command.observed', (event) =>
      event.data.tree === BASE ? event : { ...event, data: observedAs(event.data, 'other') },
    ),
  },
  G_TIMING: {
    from: change(timings, 'command.observed', (event) => ({
      ...event,
      data: observedAs(event.data, 'out', event.data.n),
    })),
  },
  G_FACT: { from: change(facts, 'facts.read', (event) => ({ ...event, data: { ...event.data, holds: [false] } })) },
  G_WRITE_SET: {
    from: change(docs, 'candidate.examined', (event) => ({
      ...event,
      data: { ...event.data, changes: [addedFile('README.md'), addedFile('src/a.js')] },
    })),
  },
  G_NO_FAIL_TO_PASS: {
    from: change(fix, 'gate.measured', (event) =>
      event.data.purpose === 'hollow' ? { ...event, data: { ...event.data, ...NOT_NOTICED } } : event,
    ),
  },
  G_NO_GUARD: {
    from: change(feature, 'gate.measured', (event) =>
      event.data.purpose === 'hollow' ? { ...event, data: { ...event.data, ...NOT_NOTICED } } : event,
    ),
  },
  G_NOTHING_SHOWN: {
    from: change(regression, 'gate.measured', (event) =>
      event.data.purpose === 'canary' ? event : { ...event, data: { ...event.data, ...shows({ failed: ['adds'] }) } },
    ),
  },
  G_HELD_OUT_SEALED: { from: without(heldOut, 'held_out.revealed') },
  G_NOT_INTEGRATED: { from: without(history, 'goal.integrated') },
  G_INTEGRATED_TREE_DIFFERS: {
    from: change(history, 'goal.integrated', (event) => ({ ...event, data: { ...event.data, tree: tree('other') } })),
  },
};

suite('each gap, caused by the smallest change of a run that ends ready, refuses ready', () => {
  assert.ok(ending?.type === 'goal.ended' && ending.data.status === 'ready');

  test('the run without a change is admitted', () => {
    assert.equal(admits(fold(history), ending), null);
    assert.equal(fold(ready).status, 'ready');
    assert.equal(fold(noCriterion).status, 'ready');
  });

  for (const [code, { from, also = [] }] of Object.entries(CASES))
    test(code, () => {
      const state = fold(from);
      assert.equal(state.status, 'running');
      const codes = new Set(blocking(readiness(state)).map((gap) => gap.code));
      assert.ok(codes.has(code as BlockingGapCode), [...codes].join());
      assert.deepEqual([...codes].sort(), [...new Set([code, ...also])].sort());
      assert.match(admits(state, ending) ?? '', /^not ready: G_/);
      assert.equal(evolve(state, ending).status, 'running');
      for (const gap of blocking(readiness(state))) assert.ok(gap.text !== '' && gap.fix !== '' && gap.subject !== '');
    });

  test('a turn that failed, or was stopped, does not count against the tree it left', () => {
    for (const outcome of [
      COMPLETED,
      { kind: 'cancelled' },
      { kind: 'failed', reason: 'crashed', detail: 'x' },
    ] as const) {
      const from = change(history, 'turn.ended', (event) => ({ ...event, data: turnEnded(1, 1, outcome) }));
      assert.equal(admits(fold(from), ending), null);
    }
  });

  test('a second required gate, or a check, that is not shown refuses ready', () => {
    const from = change(history, 'policy.resolved', (event) => ({
      ...event,
      data: { policy: policyOf(gateSpec(), checkGate()) },
    }));
    assert.match(admits(fold(from), ending) ?? '', /G_BASELINE_INCOMPLETE check-1/);
  });
});
