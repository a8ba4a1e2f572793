import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import {
  BASE,
  checkGate,
  created,
  exits,
  FIX,
  gateSpec,
  measurement,
  notStarted,
  policyOf,
  shows,
  tree,
  type Shown,
} from '../testing/build.ts';
import { CANARY } from '../testing/ready.ts';
import { admits } from '../transition/admit.ts';
import { fold } from '../transition/evolve.ts';
import { executionOf, inputsText, isContradiction, mayBeKept, mayStandFor, reuse, type Kept } from './cached.ts';
import type { CacheParts, Measurement, Purpose } from './evidence.ts';

const PARTS: CacheParts = {
  inputs: FIX,
  canaryBase: null,
  settings: 's',
  tools: {},
  layer: null,
  machine: 'm',
  sandbox: 'bubblewrap 0.9',
  omk: '1',
};
const GREEN = shows({ passed: ['a'] });
const CAUGHT = shows({ passed: ['a'], failed: [CANARY.name] }, { canary: CANARY, purpose: 'canary' });
const keep = (shown: Shown, more: Partial<Measurement> = {}): boolean =>
  mayBeKept(gateSpec(), measurement({ ...shown, ...more }));

suite('what may be kept', () => {
  test('a pass and a caught canary from a closed sandbox', () => {
    assert.ok(keep(GREEN));
    assert.ok(keep(CAUGHT));
    assert.ok(mayBeKept(checkGate(), measurement(exits(0))));
  });

  test('no failure, nothing that was not measured, no missed canary', () => {
    for (const shown of [
      shows({ failed: ['a'] }),
      shows({}),
      exits(0),
      notStarted('tool'),
      { ...GREEN, outcome: { kind: 'timed_out', afterMs: 1 } } as const,
    ])
      assert.ok(!keep(shown));
    assert.ok(!keep(GREEN, { changed: ['a.js'] }));
    assert.ok(!keep(shows({ passed: ['a', CANARY.name] }, { canary: CANARY }), { purpose: 'canary' }));
    assert.ok(!keep({ ...CAUGHT, outcome: { kind: 'exited', code: 0 } }));
  });

  test('a failure of a tree without the change, where a report says what failed', () => {
    const red = shows({ passed: ['a'], failed: ['b'] });
    assert.ok(keep(red, { purpose: 'hollow' }));
    assert.ok(!keep(red, { purpose: 'hollow', changed: ['a.js'] }));
    assert.ok(!keep(exits(1), { purpose: 'hollow' }));
    assert.ok(!keep({ ...red, outcome: { kind: 'timed_out', afterMs: 1 } }, { purpose: 'hollow' }));
    assert.ok(keep(red, { purpose: 'baseline' }));
    const check = (code: number, purpose: Purpose): boolean =>
      mayBeKept(checkGate(), measurement({ ...exits(code), purpose }));
    assert.ok(check(1, 'baseline'), 'a check that is red on the base');
    assert.ok(!check(1, 'contract') && !check(1, 'hollow') && !check(127, 'baseline'));
  });

  test('two executions of the same contradict each other when other tests fail', () => {
    const run = (passed: readonly string[], failed: readonly string[]) => measurement(shows({ passed, failed }));
    assert.ok(!isContradiction(run(['a'], ['b', 'c']), run([], ['c', 'b'])));
    assert.ok(isContradiction(run(['a'], ['b']), run(['b'], ['a'])));
    assert.ok(isContradiction(run(['a'], []), run(['a'], ['b'])));
    assert.ok(isContradiction(measurement(exits(0)), measurement(exits(1))));
    assert.ok(!isContradiction(measurement(CAUGHT), measurement(GREEN)), 'names of canaries differ');
  });

  test('nothing that could reach out, and no copy of a copy', () => {
    assert.ok(!keep(GREEN, { sandbox: { kind: 'none', why: 'x' } }));
    assert.ok(!keep(GREEN, { sandbox: { kind: 'bubblewrap', version: '1', network: true } }));
    assert.ok(!mayBeKept(gateSpec({ network: true }), measurement(GREEN)));
    assert.ok(
      !keep(GREEN, {
        cached: { key: 'k', parts: PARTS, from: executionOf({ goal: 'g', measurement: measurement(GREEN) }) },
      }),
    );
  });
});

suite('a log with a run from the cache', () => {
  const state = (base: readonly Measurement[] = [], gate = gateSpec()) =>
    fold([
      { type: 'goal.created', data: created() },
      { type: 'policy.resolved', data: { policy: policyOf(gate) } },
      ...base.map((data) => ({ type: 'gate.measured' as const, data })),
    ]);
  const copy = (
    shown: Shown,
    now: Partial<Measurement> = {},
    from: Partial<Kept['measurement']> = {},
    parts: Partial<CacheParts> = {},
  ): Measurement =>
    reuse(
      { goal: 'g-earlier', measurement: measurement({ ...shown, ...from }) },
      {
        gate: 'test',
        purpose: 'contract',
        round: 1,
        tree: FIX,
        startedAt: '2026-02-01T00:00:00.000Z',
        durationMs: 1,
        ...now,
      },
      { key: 'k', parts: { ...PARTS, ...parts } },
    );
  const refusal = (data: Measurement, base: readonly Measurement[] = [], gate = gateSpec()): string | null =>
    admits(state(base, gate), { type: 'gate.measured', data });

  test('is admitted where it is a pass of the same tree', () => {
    assert.equal(refusal(copy(GREEN)), null);
    assert.equal(refusal(copy(CAUGHT, { purpose: 'canary' })), null);
  });

  test('a failure without the change stands for another such run, and for nothing else', () => {
    const red = shows({ passed: ['a'], failed: ['b'] });
    assert.equal(refusal(copy(red, { purpose: 'hollow' }, { purpose: 'hollow' })), null);
    assert.match(refusal(copy(red, { purpose: 'hollow' }, { purpose: 'contract' })) ?? '', /only where it was one/);
    assert.match(refusal(copy(red, {}, { purpose: 'hollow' })) ?? '', /only what passed/);
  });

  test('is refused for a failure, another tree, a second try, a gate with network, and a canary in the place of a run', () => {
    assert.match(refusal(copy(shows({ failed: ['a'] }))) ?? '', /only what passed/);
    assert.match(refusal(copy(GREEN, { tree: tree('x') })) ?? '', /another tree/);
    assert.match(refusal(copy(GREEN, { round: 2 })) ?? '', /second try/);
    assert.match(refusal(copy(GREEN), [], gateSpec({ network: true })) ?? '', /without network/);
    assert.match(refusal(copy(GREEN, {}, { purpose: 'canary' })) ?? '', /canary only/);
  });

  test('T2: the two runs of a baseline are two executions', () => {
    const at = (round: number, startedAt: string): Measurement =>
      copy(GREEN, { purpose: 'baseline', tree: BASE, round }, { tree: BASE, startedAt }, { inputs: BASE });
    const first = at(1, '2026-01-01T00:00:00.000Z');
    assert.equal(refusal(at(2, '2026-01-01T00:00:00.000Z'), [first]), 'both runs of the base are one execution');
    assert.equal(refusal(at(2, '2026-01-02T00:00:00.000Z'), [first]), null);
    const real = measurement({ ...GREEN, purpose: 'baseline', tree: BASE, round: 1 });
    const itsOwn = reuse(
      { goal: created().goal, measurement: real },
      { ...real, round: 2 },
      { key: 'k', parts: { ...PARTS, inputs: BASE } },
    );
    assert.equal(refusal(itsOwn, [real]), 'both runs of the base are one execution');
  });

  test('of a gate with inputs may stand for another tree with the same ones', () => {
    assert.equal(
      refusal(
        copy(GREEN, { tree: tree('x') }),
        [],
        gateSpec({ inputs: ['src/**'], source: { kind: 'file', path: '.omk/gates.toml', blob: 'b' } }),
      ),
      null,
    );
    assert.match(
      refusal(copy(GREEN, { tree: tree('x') }), [], gateSpec({ inputs: ['src/**'] })) ?? '',
      /takes over only what a base or the same tree showed/,
    );
  });
});

test('property: the inputs do not depend on the order of the tree, and on nothing but what the globs name', () => {
  const entry = fc.record({
    path: fc.constantFrom('src/a.js', 'src/b.js', 'docs/a.md', 'test/a.js'),
    mode: fc.constantFrom('100644', '100755'),
    id: fc.constantFrom('1', '2').map((c) => c.repeat(40)),
  });
  const entries = fc.uniqueArray(entry, { selector: ({ path }) => path });
  fc.assert(
    fc.property(entries, fc.nat(), (list, cut) => {
      const turned = [...list.slice(cut % (list.length + 1)), ...list.slice(0, cut % (list.length + 1))];
      assert.equal(inputsText(turned, ['src/**']), inputsText(list, ['src/**']));
      assert.equal(
        inputsText(
          list.filter(({ path }) => path.startsWith('src/')),
          ['src/**'],
        ),
        inputsText(list, ['src/**']),
      );
      assert.equal(inputsText(list, ['src/**']) === null, !list.some(({ path }) => path.startsWith('src/')));
    }),
  );
});

test('inputs may be all files but some', () => {
  const entries = ['a/x', 'b/x', 'c'].map((path) => ({ path, mode: '100644', id: 'f' }));
  const chosen = (globs: readonly string[]): unknown =>
    JSON.parse(inputsText(entries, globs) ?? '[]').map(([path]: readonly [string]) => path);
  assert.deepEqual(chosen(['!b']), ['a/x', 'c']);
  assert.deepEqual(chosen(['**', '!a/**', '!c']), ['b/x']);
  assert.deepEqual(chosen(['a', '!a/x']), []);
});

test('for a detected gate with inputs only what a base showed stands for another tree', () => {
  const detected = gateSpec({ source: { kind: 'detected', detector: 'npm', because: 'x' }, inputs: ['!b'] });
  for (const purpose of ['contract', 'candidate', 'canary'] as const) {
    assert.equal(
      mayStandFor(detected, { purpose, tree: tree('x') }, { purpose: 'contract', tree: FIX }),
      false,
      purpose,
    );
    assert.equal(mayStandFor(detected, { purpose, tree: FIX }, { purpose: 'contract', tree: FIX }), true, purpose);
    assert.equal(mayStandFor(detected, { purpose, tree: FIX }, { purpose: 'baseline', tree: FIX }), false, purpose);
  }
  assert.ok(mayStandFor(detected, { purpose: 'baseline', tree: tree('x') }, { purpose: 'contract', tree: FIX }));
  const { inputs: _inputs, ...whole } = detected;
  assert.ok(mayStandFor(whole, { purpose: 'contract', tree: tree('x') }, { purpose: 'contract', tree: FIX }));
  assert.ok(
    mayStandFor(
      gateSpec({ source: { kind: 'file', path: '.omk/gates.toml', blob: 'b' }, inputs: ['a'] }),
      { purpose: 'contract', tree: tree('x') },
      { purpose: 'contract', tree: FIX },
    ),
  );
});
