import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Measurement } from '../gates/evidence.ts';
import { BASE, examinedOf, FIX, measurement, tree } from '../testing/build.ts';
import { play } from '../testing/ready.ts';
import { byRole } from './roles.ts';

const CONTRACT = tree('contract');
const HOLLOW = tree('hollow');
const BACK = tree('back');
const REVERSAL = tree('reversal');
const { created } = play().state;
const examined = {
  ...examinedOf(FIX),
  contract: { tree: CONTRACT, recipe: { kind: 'as_is' as const } },
  reversal: { tree: REVERSAL, edits: [] },
};
const state = {
  created,
  examined: new Map([[FIX, examined]]),
  hollowed: new Map([[FIX, { candidate: FIX, tree: HOLLOW, takenBack: BACK, functions: [], unread: [] }]]),
} as object as Parameters<typeof byRole>[0];

const rolesOf = (candidate: string | null, ...runs: readonly Partial<Measurement>[]): readonly string[] => [
  ...byRole(state, candidate, runs.map(measurement)).keys(),
];

suite('the role of a run', () => {
  test('is said by its purpose and by what its tree is to the goal', () => {
    const roles: readonly (readonly [Partial<Measurement>, string])[] = [
      [{ purpose: 'baseline', round: 2, tree: BASE }, 'the base, run 2'],
      [{ purpose: 'contract', tree: CONTRACT }, 'the change with the tests of the base'],
      [{ purpose: 'candidate', tree: FIX }, 'the change'],
      [{ purpose: 'canary', tree: CONTRACT }, 'the change with the tests of the base, planted tests that must fail'],
      [
        { purpose: 'canary', tree: tree('laid'), over: CONTRACT },
        'the change with the tests of the base with held-out checks, planted tests that must fail',
      ],
      [{ purpose: 'altered', tree: FIX }, 'the change, tests with another expectation, which must fail'],
      [{ purpose: 'hollow', tree: HOLLOW }, 'the change with what it does taken out'],
      [{ purpose: 'hollow', tree: BACK }, 'the change with all but its tests taken back'],
      [{ purpose: 'reversal', tree: REVERSAL }, 'all of the change but its product'],
      [{ purpose: 'held_out', tree: tree('laid'), over: FIX }, 'held-out checks on the change'],
      [{ purpose: 'oracle', round: 1, tree: tree('wrong') }, 'held-out checks where they must fail, run 1'],
    ];
    for (const [run, role] of roles) assert.deepEqual(rolesOf(FIX, run), [role]);
  });

  test('is none for a tree on the way, and without a candidate for all but the base and the oracle', () => {
    assert.deepEqual(rolesOf(FIX, { purpose: 'contract', tree: tree('an earlier try') }), []);
    assert.deepEqual(rolesOf(null, { purpose: 'contract', tree: FIX }, { purpose: 'baseline', round: 1, tree: BASE }), [
      'the base, run 1',
    ]);
  });
});

test('runs come in the order in which they are told, and of one role the last stands', () => {
  const found = byRole(
    state,
    FIX,
    [
      { purpose: 'altered' as const, tree: FIX },
      { purpose: 'contract' as const, tree: CONTRACT, round: 2, durationMs: 2 },
      { purpose: 'baseline' as const, tree: BASE, round: 2 },
      { purpose: 'contract' as const, tree: CONTRACT, round: 1, durationMs: 1 },
      { purpose: 'baseline' as const, tree: BASE, round: 1 },
    ].map(measurement),
  );
  assert.deepEqual(
    [...found.keys()],
    [
      'the base, run 1',
      'the base, run 2',
      'the change with the tests of the base',
      'the change, tests with another expectation, which must fail',
    ],
  );
  assert.equal(found.get('the change with the tests of the base')?.durationMs, 2);
});
