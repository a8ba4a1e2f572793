import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shows } from '../../../domain/testing/build.ts';
import { CANARY, play } from '../../../domain/testing/ready.ts';
import { EMPTY_STATE } from '../../../domain/goal/state.ts';
import { evolve } from '../../../domain/transition/evolve.ts';
import { brief } from './brief.ts';

test('where every gate passes and work goes back, the reason is told before the next turn', () => {
  const { events } = play({
    options: { oracle: 'worker' },
    measure: ({ purpose }) =>
      purpose === 'canary'
        ? shows({ passed: ['adds'], failed: [CANARY.name] }, { canary: CANARY })
        : shows({ passed: ['adds'] }),
  });
  const tell = brief();
  let state = EMPTY_STATE;
  const lines = events.flatMap((event, index) => {
    state = evolve(state, event);
    return tell({
      kind: 'event',
      event: { ...event, v: 2, seq: index, ts: '2026-01-01T00:00:00.000Z', prev: '0'.repeat(64) },
      state,
    });
  });
  const at = lines.findIndex((line) => line.includes('goes on (turn 2)'));
  assert.match(lines.slice(at - 2, at).join('\n'), /^judged: gate test passes\njudged: .+ \(G_OWN_TESTS\)$/);
});
