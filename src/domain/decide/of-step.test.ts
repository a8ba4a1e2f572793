import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { anyEvents } from '../testing/events.ts';
import { decide } from './decide.ts';
import { evolve, fold } from '../transition/evolve.ts';

const RUNS = { numRuns: Number(process.env['OMK_FC_RUNS'] ?? 300) };
const AGENTS = ['start_attempt', 'run_turn', 'wait'];
const TOGETHER = ['merge', 'land', 'integrate', 'reveal'];
const NOT = { execute: TOGETHER, verify: [...AGENTS, ...TOGETHER], integrate: AGENTS } as const;

test('a step does nothing of another one, and the goal pauses where nothing of it is left', () => {
  fc.assert(
    fc.property(anyEvents, fc.constantFrom('execute', 'verify', 'integrate'), (events, step) => {
      const before = fold([...events, { type: 'goal.paused', data: { why: 'asked' } }]);
      fc.pre(before.status === 'paused');
      const state = evolve(before, { type: 'goal.resumed', data: { why: 'asked', step } });
      const whole = evolve(before, { type: 'goal.resumed', data: { why: 'asked' } });
      const wanted = decide(state);
      const not: readonly string[] = NOT[step];
      assert.ok(wanted.every(({ kind }) => !not.includes(kind)));
      const others = decide(whole).filter(({ kind }) => not.includes(kind));
      const [first] = wanted;
      const isPause = first?.kind === 'record' && first.event.type === 'goal.paused';
      assert.equal(isPause, decide(whole).length > 0 && others.length === decide(whole).length);
      if (isPause) assert.equal(evolve(state, first.event).pausedAfter, step);
    }),
    RUNS,
  );
});
