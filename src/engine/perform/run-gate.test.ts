import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { GateRun } from '../../domain/gates/gate-run.ts';
import type { GoalEvent } from '../../domain/goal/event.ts';
import { BASE, examinedOf, FIX, gateSpec, measurement, policyOf, shows, tree } from '../../domain/testing/build.ts';
import type { RunGateRequest } from '../../world/gates/port.ts';
import { fakeContext, type FakeOptions } from '../testing/fake-context.ts';
import { runGate } from './run-gate.ts';

const policy: GoalEvent = { type: 'policy.resolved', data: { policy: policyOf(gateSpec()) } };
const PREPARED: GoalEvent = { type: 'dependencies.prepared', data: { layer: null, detail: 'none' } };
const baseline = (round: number): GoalEvent => ({
  type: 'gate.measured',
  data: measurement({ purpose: 'baseline', round, tree: BASE, ...shows({ passed: ['adds'], failed: ['subtracts'] }) }),
});
const RUN: GateRun = { gate: 'test', purpose: 'baseline', round: 1, tree: BASE, canaryBase: null };

/** One run of the gate, with what the machine was asked to do. */
async function ran(
  run: Partial<GateRun>,
  { events = [policy, PREPARED], ...more }: FakeOptions = {},
  gates: object = {},
) {
  const requests: RunGateRequest[] = [];
  const goal = await fakeContext({
    events,
    ...more,
    doors: () => ({
      gates: {
        run: async (request: RunGateRequest, observe: (line: string) => void) => {
          requests.push(request);
          observe('a line of the gate');
          const { purpose, round, tree: judged } = request;
          return measurement({ purpose, round, tree: judged, ...shows({ passed: ['adds'] }) });
        },
        canaryFor: async () => ({ kind: 'planted', canary: { file: 'a.test.js', name: 'c' } }),
        ...gates,
      },
    }),
  });
  await runGate(goal.context, { ...RUN, ...run });
  const [event] = goal.appended();
  assert.ok(event?.type === 'gate.measured');
  return { ...goal, request: requests[0], requests, data: event.data };
}

suite('a gate is run', () => {
  test('as it is pinned, on the tree that is asked for, and what it showed is recorded', async () => {
    const { request, data, notices } = await ran({});
    assert.deepEqual(
      [request?.gate, request?.tree, request?.base, request?.canaryBase],
      [gateSpec(), BASE, BASE, null],
    );
    assert.deepEqual([data.purpose, data.round, data.tree, data.over], ['baseline', 1, BASE, undefined]);
    assert.deepEqual(
      notices.filter(({ kind }) => kind.startsWith('gate_')).map(({ kind }) => kind),
      ['gate_started', 'gate_output'],
    );
  });

  test('with what the base showed, so that a run knows which tests it must report', async () => {
    const { request } = await ran({ round: 2 }, { events: [policy, PREPARED, baseline(1)] });
    assert.deepEqual([request?.known, request?.red], [['adds', 'subtracts'], ['subtracts']]);
  });

  test('of checks that a session wrote the second run has another order of tests, and no other run has', async () => {
    const of = async (run: Partial<GateRun>) => (await ran(run)).request?.reordered;
    const asked = [await of({ purpose: 'oracle', round: 2 }), await of({ purpose: 'oracle' }), await of({ round: 2 })];
    assert.deepEqual(asked, [true, undefined, undefined]);
  });

  test('its verdict may be taken from the cache, unless the goal says no', async () => {
    assert.equal((await ran({})).request?.cache?.reuse, true);
    assert.equal((await ran({}, { options: { noCache: true } })).request?.cache?.reuse, false);
  });

  test('one that the policy does not have is no gate', async () => {
    await assert.rejects(ran({ gate: 'lint' }), { code: 'GATE_UNKNOWN', exit: 6 });
  });

  test('a machine that fails is thrown, and recorded as nothing', async () => {
    const goal = await fakeContext({
      events: [policy, PREPARED],
      doors: () => ({ gates: { run: () => Promise.reject(new Error('no sandbox')) } }),
    });
    await assert.rejects(runGate(goal.context, RUN), /no sandbox/);
    assert.deepEqual(goal.appended(), []);
  });
});

suite('a gate is not run', () => {
  const failed = { layer: async () => ({ kind: 'failed', detail: 'npm ci ended with 1', tail: 'last line' }) };

  test('where its dependencies cannot be installed: whose they are is told apart', async () => {
    const ofBase = await ran({}, {}, failed);
    assert.deepEqual(ofBase.data.outcome, {
      kind: 'not_started',
      at: 'base_dependencies',
      detail: 'npm ci ended with 1',
    });
    assert.deepEqual([ofBase.requests, ofBase.data.tail, ofBase.data.durationMs], [[], 'last line', 0]);
    const examined = new Map([[FIX, examinedOf(FIX)]]);
    const ofCandidate = await ran({ purpose: 'candidate', tree: FIX }, { state: { examined } }, failed);
    assert.equal(
      ofCandidate.data.outcome.kind === 'not_started' && ofCandidate.data.outcome.at,
      'candidate_dependencies',
    );
  });

  test('where no canary can be planted that would show that failures are reported', async () => {
    const none = { canaryFor: async () => ({ kind: 'none', why: 'no test to copy' }) };
    const { data, requests } = await ran({ purpose: 'canary', canaryBase: BASE }, { state: {} }, none);
    assert.deepEqual(data.outcome, { kind: 'not_started', at: 'tool', detail: 'no test to copy' });
    assert.deepEqual(requests, []);
  });
});

suite('of a candidate', () => {
  const edits = [{ path: 'a.test.js', action: 'restore' }] as const;
  const CONTRACT = tree('contract');
  const examined = new Map([
    [
      FIX,
      { ...examinedOf(FIX), contract: { tree: CONTRACT, recipe: { kind: 'contract', base: BASE, edits } as const } },
    ],
  ]);

  test('files in which contract and candidate differ are watched, in both runs', async () => {
    for (const [purpose, judged] of [
      ['candidate', FIX],
      ['contract', CONTRACT],
    ] as const)
      assert.deepEqual((await ran({ purpose, tree: judged }, { state: { examined } })).request?.watched, ['a.test.js']);
    assert.equal((await ran({}, { state: { examined } })).request?.watched, undefined, 'and none on the base');
  });

  test('its own dependencies are installed where it changes them, and those of the base where not', async () => {
    const changed = [{ path: 'package.json', change: 'modified', oldMode: '100644', newMode: '100644' }] as const;
    for (const [changes, installed] of [
      [changed, FIX],
      [[], BASE],
    ] as const) {
      const asked: string[] = [];
      const layer = async (_vault: object, of: string) => (asked.push(of), { kind: 'none', why: '' });
      const own = new Map([[FIX, { ...examinedOf(FIX), changes }]]);
      await ran({ purpose: 'candidate', tree: FIX }, { state: { examined: own } }, { layer });
      assert.deepEqual(asked, [installed]);
    }
  });
});
