import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { honestWorld } from '../testing/honest.ts';
import { simulate, type Simulation } from '../testing/simulate.ts';
import { tapeOf, tapes, tapeWorld } from '../testing/tape.ts';
import { unsound } from '../testing/unsound.ts';
import { missingHere } from '../evidence/missing-here.ts';
import { decide } from './decide.ts';
import { fold } from '../transition/evolve.ts';
import { blocking, readiness } from '../judge/readiness.ts';
import { EMPTY_STATE } from '../goal/state.ts';
import { isTerminal } from '../status.ts';

const RUNS = Number(process.env['OMK_FC_RUNS'] ?? 200);

const holds = (check: (run: Simulation) => void, faults = 6): void =>
  fc.assert(
    fc.property(tapes, (numbers) => check(simulate(tapeWorld(tapeOf(numbers), faults)))),
    { numRuns: RUNS },
  );

const isOfBase = (key: string): boolean => /^(?:dependencies|plan:|gate:[^:]+:baseline:)/.test(key);

suite('a simulated run, whatever the world does', () => {
  test('ends in exactly one status, and is never stuck while it runs', () => {
    holds(({ state, longest }) => {
      assert.notEqual(state.status, 'running');
      assert.ok(state.status === 'paused' || isTerminal(state.status));
      assert.ok(longest < 200, `${longest} steps`);
    });
  });

  test('decide never names a key twice in one answer', () => {
    holds(({ answers }) => {
      for (const answer of answers) assert.equal(new Set(answer.map(({ key }) => key)).size, answer.length);
    });
  });

  test(
    'what was performed and recorded is never named again, but for a run that never started or ran out of ' +
      'memory, after a resume, and for the base where a person says so',
    () => {
      holds(({ done }) => {
        const seen = new Set<string>();
        let said = 0;
        for (const { key, intent, state } of done) {
          const answers = state.questions.filter(({ answer }) =>
            /^(?:retry|known_red)$/.test(answer?.kind ?? ''),
          ).length;
          if (answers > said) for (const each of seen) if (isOfBase(each)) seen.delete(each);
          said = answers;
          assert.ok(!seen.has(key), `${key} was named again`);
          const run = intent.kind === 'run_gate' ? state.measurements.at(-1) : undefined;
          if (run?.outcome.kind !== 'not_started' && run?.outcome.kind !== 'out_of_memory') seen.add(key);
        }
      });
    },
  );

  test('no attempt starts while a required gate cannot become green here, unless a person said so', () => {
    holds(({ done }) => {
      for (const { intent, state } of done)
        if (intent.kind === 'start_attempt')
          for (const gate of state.policy?.gates ?? []) {
            const said =
              state.created?.options.knownRed.includes(gate.id) === true ||
              state.questions.some(
                ({ question, answer }) =>
                  (answer?.kind === 'known_red' && answer.gates.includes(gate.id)) ||
                  (answer?.kind === 'accept' && question.code === 'cannot_run' && question.gates.includes(gate.id)),
              );
            if (gate.required && !said) assert.equal(missingHere(state, gate), null, gate.id);
          }
    });
  });

  test('ready only where no blocking gap is left', () => {
    holds(({ state }) => {
      if (state.status === 'ready') assert.deepEqual(blocking(readiness(state)), []);
    });
  });

  test('ready only where trust.md, written a second time, finds nothing wrong', () => {
    holds(({ state, events }) => {
      if (state.status === 'ready') assert.equal(unsound(state, events), null);
    });
  });

  test('an honest fix becomes ready, whatever went before it, as long as a person goes on', () => {
    fc.assert(
      fc.property(tapes, fc.nat(6), (numbers, after) => {
        const { state } = simulate(honestWorld(tapeOf(numbers), after));
        // A candidate of before that is sound by itself may be first.
        assert.equal(state.status, 'ready');
      }),
      { numRuns: RUNS },
    );
  });

  test('a fold of any prefix and then the rest is the fold of the whole', () => {
    fc.assert(
      fc.property(tapes, fc.nat(), (numbers, cut) => {
        const { events, state } = simulate(tapeWorld(tapeOf(numbers)));
        const at = cut % (events.length + 1);
        assert.deepEqual(fold(events.slice(at), fold(events.slice(0, at))), state);
        assert.deepEqual(fold(events), state);
      }),
      { numRuns: RUNS },
    );
  });

  test('a goal that does not run is given nothing to do', () => {
    holds(({ state }) => assert.deepEqual(decide(state), []));
    assert.deepEqual(decide(EMPTY_STATE), []);
  });

  test('the worlds reach every status, and ready often enough to mean something', () => {
    const reached = new Map<string, number>();
    const worlds = fc.sample(tapes, { numRuns: 3 * RUNS, seed: 7 });
    for (const numbers of worlds) {
      const { status } = simulate(tapeWorld(tapeOf(numbers))).state;
      reached.set(status, (reached.get(status) ?? 0) + 1);
    }
    for (const status of [
      'ready',
      'not_ready',
      'blocked_on_human',
      'blocked_on_external',
      'failed_infra',
      'cancelled',
      'paused',
    ])
      assert.ok((reached.get(status) ?? 0) > 0, `${status} is never reached: ${JSON.stringify([...reached])}`);
    assert.ok((reached.get('ready') ?? 0) >= RUNS / 4, JSON.stringify([...reached]));
  });
});
