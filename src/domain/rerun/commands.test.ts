import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CommandRun, Observed } from '../plan/command.ts';
import { amountOf } from '../commands/timings.ts';
import { EMPTY_STATE, type GoalState } from '../goal/state.ts';
import { BASE, created, examinedOf, FIX, observedAs, snapshotOf } from '../testing/build.ts';
import { commandClaims } from './commands.ts';

const TIMING = { criterion: 't', run: 'x {n}', n: 100, percent: 200, frozen: [] };
const stateOf = (kind: 'captures' | 'timing', observed: readonly Observed[]): GoalState => ({
  ...EMPTY_STATE,
  created: created({ captures: [{ criterion: 'c', run: 'x' }], timings: [TIMING] }),
  plan: {
    criteria: [
      kind === 'captures'
        ? { id: 'c', text: 'same', kind, places: [0], keep: true }
        : { id: 't', text: 'fast', kind, place: 0 },
    ],
    tasks: [],
  },
  focus: { task: 't1', snapshot: snapshotOf(FIX), start: BASE },
  examined: new Map([[FIX, examinedOf(FIX)]]),
  observed,
});
const captured = (text: (run: CommandRun) => string, code = 0): readonly Observed[] =>
  [BASE, FIX].flatMap((tree) =>
    [1, 2].map((round) => {
      const run: CommandRun = { of: 'capture', place: 0, tree, round };
      return observedAs(run, text(run), 100, code);
    }),
  );
const noise = [1, 2, 3, 4, 5, 6].flatMap((round) =>
  [100, 200].map((n) => observedAs({ of: 'timing', place: 0, tree: BASE, round, n }, 'out', n)),
);
const timed = (share: number, text = 'out'): readonly Observed[] => [
  ...noise,
  ...Array.from({ length: 21 }, (_, index) => index + 1).flatMap((round) => {
    const n = amountOf(TIMING, FIX, round);
    return [BASE, FIX].flatMap((tree) =>
      [n, 2 * n].map((amount) => {
        const run: CommandRun = { of: 'timing', place: 0, tree, round, n: amount, against: FIX };
        return observedAs(run, tree === FIX ? text : 'out', tree === FIX ? amount / share : amount);
      }),
    );
  }),
];
const claim = (state: GoalState) => commandClaims(state, FIX).map((each) => [each.about, each.state]);

test('commands that do the same here are reproduced, and what they print is compared with the base here alone', () => {
  assert.deepEqual(
    claim(
      stateOf(
        'captures',
        captured(() => 'other machine'),
      ),
    ),
    [['command', 'reproduced']],
  );
  const differs = captured(({ tree }) => (tree === FIX ? 'a' : 'b'));
  assert.deepEqual(claim(stateOf('captures', differs)), [['command', 'diverged']]);
});

test('a machine on which the base cannot run them accuses nobody', () => {
  const missing = captured(() => '', 127);
  assert.deepEqual(claim(stateOf('captures', missing)), [['command', 'not_reproducible']]);
  const loose = captured(({ round }) => `${round}`);
  assert.deepEqual(claim(stateOf('captures', loose)), [['command', 'not_reproducible']]);
});

test('a time that is not shown here is no lie; other output is', () => {
  assert.deepEqual(claim(stateOf('timing', timed(3))), [['command', 'reproduced']]);
  assert.deepEqual(claim(stateOf('timing', timed(1))), [['command', 'not_reproducible']]);
  assert.deepEqual(claim(stateOf('timing', timed(3, 'less'))), [['command', 'diverged']]);
  assert.deepEqual(claim(stateOf('timing', noise)), [['command', 'not_reproducible']]);
});
