import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Measurement } from '../gates/evidence.ts';
import { FIX, gateSpec, notStarted, shows } from '../testing/build.ts';
import { play } from '../testing/ready.ts';
import { byRules } from './by-rules.ts';
import { withoutTheirWord } from './words-of-persons.ts';
import { gateClaims, statusClaim, worstOf, worthAnother, type Compared } from './claims.ts';

const gate = gateSpec();
const { state: recorded } = play();

/** A ready goal, run again: what the run on the change shows here, and in a second run. */
function compared(here: Partial<Measurement>, again: Partial<Measurement> | null = null): Compared {
  const isMeant = ({ purpose }: Measurement): boolean => purpose === 'contract';
  const with_ = (more: Partial<Measurement>): readonly Measurement[] =>
    recorded.measurements.map((run) => (isMeant(run) ? { ...run, ...more } : run));
  return {
    recorded,
    status: 'ready',
    candidate: FIX,
    here: { ...recorded, measurements: with_(here) },
    again: again === null ? [] : with_(again).filter(isMeant),
  };
}

const RED = shows({ passed: ['adds'], failed: ['subtracts'] });
const GREEN = shows({ passed: ['adds', 'subtracts'] });
const statesOf = (all: Compared): readonly string[] => {
  const claims = gateClaims(all, gate);
  const of = (about: string): readonly string[] => claims.flatMap((each) => (each.about === about ? [each.state] : []));
  return [worstOf(claims.filter(({ about }) => about === 'run')), ...of('verdict'), statusClaim(all, claims).state];
};

suite('a proof that is run again', () => {
  test('is reproduced where every run says the same', () => {
    assert.deepEqual(statesOf(compared({})), ['reproduced', 'reproduced', 'reproduced']);
    assert.deepEqual(worthAnother(compared({}), gate), []);
  });

  test('diverges where the same tools see something else, also the second time', () => {
    assert.equal(worthAnother(compared(RED), gate).length, 1);
    assert.deepEqual(statesOf(compared(RED, RED)), ['diverged', 'diverged', 'diverged']);
    const [claim] = gateClaims(compared(RED, RED), gate).filter(({ state }) => state === 'diverged');
    assert.match(claim?.why ?? '', /subtracts: passed there, failed here/);
  });

  test('accuses nobody of a flake, and names the test', () => {
    const all = compared(RED, GREEN);
    assert.deepEqual(statesOf(all), ['not_reproducible', 'not_reproducible', 'not_reproducible']);
    const [claim] = gateClaims(all, gate).filter(({ flaky }) => flaky !== undefined);
    assert.deepEqual(claim?.flaky, ['subtracts']);
    assert.match(claim?.why ?? '', /^flaky: two runs of the same tree here do not agree/);
  });

  test('accuses nobody of tests with another name in every run', () => {
    const named = (name: string) => shows({ passed: ['adds', 'subtracts', name] });
    const all = compared(named('at 12:00'), named('at 12:01'));
    const then = all.recorded.measurements.map((run) =>
      run.purpose === 'contract' ? { ...run, ...named('at 11:00') } : run,
    );
    const honest = { ...all, recorded: { ...all.recorded, measurements: then } };
    assert.deepEqual(statesOf(honest), ['not_reproducible', 'not_reproducible', 'not_reproducible']);
    const steady = { ...honest, here: compared(GREEN).here, again: compared(GREEN, GREEN).again };
    assert.equal(statesOf(steady)[0], 'diverged', 'one that is absent from runs that agree was claimed');
  });

  test('accuses nobody where a tool is missing or another, time or memory runs out, or dependencies differ', () => {
    const other = { sandbox: { kind: 'none', why: 'x' } } as const;
    for (const here of [
      notStarted('tool'),
      { ...RED, tools: { node: 'v1' } },
      { ...RED, layer: 'f'.repeat(64) },
      { ...RED, ...other },
      { outcome: { kind: 'timed_out', afterMs: 1000 } } as const,
      { outcome: { kind: 'out_of_memory', detail: 'killed' } } as const,
    ]) {
      const states = statesOf(compared(here));
      assert.deepEqual(new Set(states), new Set(['not_reproducible']), JSON.stringify(here));
      assert.deepEqual(worthAnother(compared(here), gate), []);
    }
    // Another version that sees the same is named, and no reason against it.
    const [claim] = gateClaims(compared({ tools: { node: 'v1' } }), gate).filter(({ why }) => why !== undefined);
    assert.equal(claim?.state, 'reproduced');
    assert.match(claim?.why ?? '', /^with another node: .* there, v1 here$/);
  });

  test('lacks nothing where no canary could be planted, and does not diverge where nothing was judged here', () => {
    const all = compared({});
    const unplanted = { ...notStarted('tool'), canary: null } as const;
    const left = all.here.measurements.filter(({ purpose }) => purpose !== 'canary');
    const more = recorded.measurements.filter(({ purpose }) => purpose === 'contract');
    const altered = more.map((run): Measurement => ({ ...run, purpose: 'altered', ...unplanted }));
    const claims = gateClaims({ ...all, here: { ...all.here, measurements: [...left, ...altered] } }, gate);
    assert.deepEqual([...new Set(claims.flatMap(({ about, state }) => (about === 'run' ? [state] : [])))].sort(), [
      'reproduced',
      'signed',
    ]);
    const verdict = claims.find(({ about }) => about === 'verdict');
    assert.deepEqual([verdict?.state, verdict?.why], ['not_reproducible', 'not judged here']);
  });

  test('is not ready by the yes of a person whose key nobody named', () => {
    const all = compared({});
    const claims = [statusClaim(all, [])];
    assert.deepEqual(withoutTheirWord(claims, recorded), claims);
    const question = { id: 'q', code: 'contract_changed', subject: FIX, text: '', paths: [] } as const;
    const said = (answer: { kind: 'accept' } | { kind: 'reject'; note: string }): string =>
      worstOf(withoutTheirWord(claims, { ...recorded, questions: [{ question, answer }] }));
    assert.equal(said({ kind: 'accept' }), 'not_reproducible');
    assert.equal(said({ kind: 'reject', note: 'no' }), 'reproduced');
  });

  test('is not called a lie for what other rules make of the same runs', () => {
    const claims = gateClaims(compared({}), gate).map((claim) =>
      claim.about === 'verdict' ? { ...claim, state: 'diverged' as const } : claim,
    );
    assert.equal(worstOf(byRules(claims, 'judge/0', 'judge/1')), 'not_reproducible');
    assert.equal(worstOf(byRules(claims, 'judge/1', 'judge/1')), 'diverged');
    const lie = gateClaims(compared(RED, RED), gate);
    assert.equal(worstOf(byRules(lie, 'judge/0', 'judge/1')), 'diverged', 'what was seen is no matter of rules');
  });
});
