import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Measurement, Sandbox } from '../gates/evidence.ts';
import {
  BASE,
  checkGate,
  examinedOf,
  exits,
  gateSpec,
  notStarted,
  policyOf,
  shows,
  tree,
  type Shown,
} from '../testing/build.ts';
import { CANARY, endReady, play } from '../testing/ready.ts';
import type { World } from '../testing/simulate.ts';
import { fold } from '../transition/evolve.ts';
import type { Gap } from '../goal/gap.ts';
import { GOAL_CLASSES, type Plan } from '../plan/plan.ts';
import { isReadable } from './criterion-gaps.ts';
import { blocking, readiness } from './readiness.ts';

const NONE: Sandbox = { kind: 'none', why: 'no bubblewrap here' };
const usual: World['measure'] = ({ purpose }) => {
  if (purpose === 'baseline') return shows({ passed: ['adds'], failed: ['subtracts'] });
  return purpose === 'canary'
    ? shows({ failed: [CANARY.name] }, { canary: CANARY })
    : shows({ passed: ['adds', 'subtracts'] });
};

const gapsOf = (more: Partial<World>): readonly Gap[] => {
  const { state } = play(more);
  assert.equal(state.status, 'ready');
  return readiness(state);
};
const text = (gaps: readonly Gap[], code: Gap['code']): string | null =>
  gaps.find((gap) => gap.code === code)?.text ?? null;

suite('known gaps of a ready goal', () => {
  test('are none but held-out tests where all is well', () => {
    assert.deepEqual(
      gapsOf({}).map(({ code }) => code),
      ['K_NO_HELD_OUT'],
    );
  });

  test('say where a gate ran without a sandbox, and why', () => {
    const on = (purpose: Measurement['purpose']): readonly Gap[] =>
      gapsOf({
        measure: (run, state) => ({ ...usual(run, state), ...(run.purpose === purpose ? { sandbox: NONE } : {}) }),
      });
    for (const purpose of ['contract', 'canary'] as const)
      assert.equal(text(on(purpose), 'K_NOT_SANDBOXED'), 'gate test ran without a sandbox: no bubblewrap here');
  });

  test('do not count a canary run that never started', () => {
    const measure: World['measure'] = (run, state) =>
      run.purpose === 'canary' ? { ...notStarted('tool'), sandbox: NONE } : usual(run, state);
    assert.deepEqual(
      gapsOf({ measure }).map(({ code }) => code),
      ['K_NO_CANARY', 'K_NO_HELD_OUT'],
    );
  });

  test('say that the agent ran without a sandbox, in whichever turn', () => {
    const events = endReady().map((event) =>
      event.type === 'turn.ended' ? { ...event, data: { ...event.data, sandbox: NONE } } : event,
    );
    const state = fold(events);
    assert.equal(state.status, 'ready');
    assert.equal(
      text(readiness(state), 'K_AGENT_NOT_SANDBOXED'),
      'the agent ran without a sandbox: no bubblewrap here',
    );
    assert.equal(text(readiness(fold(endReady())), 'K_AGENT_NOT_SANDBOXED'), null);
    assert.equal(
      text(
        readiness(
          fold(
            events.slice(
              0,
              events.findIndex(({ type }) => type === 'turn.ended'),
            ),
          ),
        ),
        'K_AGENT_NOT_SANDBOXED',
      ),
      null,
    );
  });

  test('say that a gate may use the network', () => {
    assert.equal(
      text(gapsOf({ policy: policyOf(gateSpec({ network: true })) }), 'K_NETWORK_ALLOWED'),
      'gate test may use the network',
    );
  });

  test('name five of the tests that do not decide, in order', () => {
    const flaky = ['f', 'e', 'd', 'c', 'b', 'a'];
    const measure: World['measure'] = (run, state) => {
      const shown = usual(run, state);
      const outcome = (at: Shown): Shown =>
        at.report.kind === 'tests'
          ? { ...at, report: { ...at.report, tests: { ...at.report.tests, skipped: run.round === 1 ? flaky : [] } } }
          : at;
      return run.purpose === 'baseline' ? outcome(shown) : shown;
    };
    assert.match(text(gapsOf({ measure }), 'K_UNSTABLE_TESTS') ?? '', /do not decide: a; b; c; d; e$/);
  });

  test('name an optional gate only where it is red', () => {
    const optional = (code: number): readonly Gap[] =>
      gapsOf({
        policy: policyOf(gateSpec(), gateSpec({ id: 'lint', required: false, reader: 'exit_only' })),
        measure: (run, state) => (run.gate === 'lint' ? exits(code) : usual(run, state)),
      });
    assert.equal(text(optional(1), 'K_OPTIONAL_GATE_RED'), 'optional gate lint: fail');
    assert.equal(text(optional(0), 'K_OPTIONAL_GATE_RED'), null);
    assert.equal(
      gapsOf({}).some(({ code }) => code === 'K_OPTIONAL_GATE_RED'),
      false,
    );
  });
});

suite('blocking gaps', () => {
  test('keep those of the candidate beside that it is not judged', () => {
    const { events } = play({
      turn: () => ({
        outcome: { kind: 'completed', stopReason: 'end_turn' },
        leaves: {
          candidate: BASE,
          salvage: BASE,
          ref: 'r',
          refused: [{ path: 'a', code: 'E_DOT_GIT', detail: 'x' }],
          ignored: [],
          special: [],
          overCap: [],
        },
      }),
    });
    const state = fold(
      events.slice(
        0,
        events.findIndex(({ type }) => type === 'candidate.examined'),
      ),
    );
    assert.deepEqual(
      blocking(readiness(state)).map(({ code }) => code),
      ['G_PATHS_REFUSED', 'G_EMPTY_PATCH', 'G_GATE_PENDING', 'G_NOT_INTEGRATED'],
    );
  });

  test('name each changed test', () => {
    const { state } = play({
      examine: (candidate) =>
        examinedOf(candidate, {
          contract: tree('contract'),
          contractChanges: [
            { path: 'a.test.js', change: 'edited' },
            { path: 'b.test.js', change: 'deleted' },
          ],
        }),
    });
    assert.match(text(readiness(state), 'G_CONTRACT_CHANGED') ?? '', /edited a\.test\.js, deleted b\.test\.js$/);
  });
});

suite('isReadable', () => {
  test('asks the gate of the criterion and no other', () => {
    const policy = policyOf(gateSpec(), gateSpec({ id: 'bare', reader: 'exit_only' }), checkGate());
    const of = (gate: string, kind: 'test' | 'command' = 'test'): boolean =>
      isReadable(policy, { criteria: [], tasks: [] }, { id: 'c1', text: 'x', kind, gate });
    assert.deepEqual([of('test'), of('bare'), of('bare', 'command'), of('none')], [true, false, true, false]);
  });

  test('takes a fact for enough only where the goal is neither a fix nor a feature', () => {
    const fact = { id: 'f1', text: 'a is gone', kind: 'fact', fact: 0 } as const;
    const of = (plan: Partial<Plan>): boolean => isReadable(policyOf(), { criteria: [], tasks: [], ...plan }, fact);
    const shown = GOAL_CLASSES.filter((each) => of({ class: each }));
    assert.deepEqual(shown, ['docs', 'audit', 'refactor', 'port', 'rewrite', 'migration']);
    assert.equal(of({}), false);
  });
});
