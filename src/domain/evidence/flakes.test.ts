import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { exits, FIX, measurement, notStarted, shows, tree, type Shown } from '../testing/build.ts';
import type { Measurement } from '../gates/evidence.ts';
import { flakesOf } from './flakes.ts';

const seen = (goal: string, shown: Shown, more: Partial<Measurement> = {}) => ({
  goal,
  run: measurement({ ...shown, ...more }),
});

test('a test that failed and passed on one tree is named, with its runs, goals and the last time', () => {
  const found = flakesOf([
    seen('g-1', shows({ passed: ['a'], failed: ['b'] }), { startedAt: '2026-01-01T00:00:00.000Z' }),
    seen('g-2', shows({ passed: ['a', 'b'] }), { startedAt: '2026-01-03T00:00:00.000Z' }),
    seen('g-2', shows({ passed: ['a', 'b'] }), { startedAt: '2026-01-02T00:00:00.000Z', tree: tree('other') }),
  ]);
  assert.deepEqual(found, [
    {
      gate: 'test',
      id: 'b',
      trees: 1,
      runs: 2,
      failed: 1,
      goals: ['g-1', 'g-2'],
      lastSeen: '2026-01-03T00:00:00.000Z',
    },
  ]);
});

test('a gate without a report flakes as a whole', () => {
  assert.deepEqual(
    flakesOf([seen('g', exits(1)), seen('g', exits(0))]).map(({ id, runs, failed }) => [id, runs, failed]),
    [['the gate as a whole', 2, 1]],
  );
});

test('another tree, other tools, other dependencies and a run that did not start are no flake', () => {
  const red = shows({ failed: ['a'] });
  const green = shows({ passed: ['a'] });
  for (const more of [
    { tree: tree('x') },
    { tools: { node: 'v1' } },
    { layer: 'l' },
    { gate: 'lint' },
    notStarted('tool'),
  ])
    assert.deepEqual(flakesOf([seen('g', red), seen('g', { ...green, ...more })]), []);
});

test('a run with a canary counts for the tests of the project, not for what was planted, nor as a whole', () => {
  const canary = { file: 'a.test.js', name: 'planted' };
  const run = (failed: string[]) =>
    seen(
      'g',
      shows(
        { passed: ['a', 'b'].filter((id) => !failed.includes(id)), failed: [...failed, 'a.test.js > planted'] },
        { canary, purpose: 'canary' },
      ),
    );
  const plain = seen('g', shows({ passed: ['a', 'b'] }));
  assert.deepEqual(flakesOf([plain, run([])]), []);
  assert.deepEqual(flakesOf([seen('g', exits(0)), seen('g', exits(1), { canary, purpose: 'canary' })]), []);
  assert.deepEqual(
    flakesOf([plain, run(['b'])]).map(({ id, runs, failed }) => [id, runs, failed]),
    [['b', 2, 1]],
  );
});

test('property: never more failures than runs, never all of them, and never a flake in runs that agree', () => {
  const runs = fc.array(fc.record({ failed: fc.subarray(['a', 'b', 'c']), tree: fc.constantFrom(FIX, tree('x')) }), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(runs, (list) => {
      const found = flakesOf(
        list.map((each) =>
          seen('g', shows({ failed: each.failed, passed: ['a', 'b', 'c'].filter((id) => !each.failed.includes(id)) }), {
            tree: each.tree,
          }),
        ),
      );
      for (const flake of found) assert.ok(flake.failed > 0 && flake.failed < flake.runs);
      const twice = list
        .flatMap((each) => [each, each])
        .filter(
          (each) =>
            each.tree === FIX &&
            each.failed.length === list[0]?.failed.length &&
            each.failed.every((id) => list[0]?.failed.includes(id)),
        );
      assert.deepEqual(flakesOf(twice.map((each) => seen('g', shows({ failed: each.failed })))), []);
    }),
  );
});
