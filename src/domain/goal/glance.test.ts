import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { simulate } from '../testing/simulate.ts';
import { tapeOf, tapes, tapeWorld } from '../testing/tape.ts';
import { fold } from '../transition/evolve.ts';
import { glance } from './glance.ts';
import { lastAttempt, lastTurn, openQuestion } from './state.ts';

test('a glance at a log agrees with its fold, whatever the world does', () => {
  fc.assert(
    fc.property(tapes, (numbers) => {
      const { events } = simulate(tapeWorld(tapeOf(numbers), 6));
      const state = fold(events);
      assert.deepEqual(glance(events), {
        agent: state.created?.agent?.name ?? null,
        attempt: lastAttempt(state)?.attempt ?? null,
        turn: lastTurn(state)?.turn ?? null,
        question: openQuestion(state),
      });
    }),
    { numRuns: 100 },
  );
});
