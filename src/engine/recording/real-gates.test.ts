import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { OmkError } from '../../domain/error.ts';
import type { Measurement } from '../../domain/gates/evidence.ts';
import { BASE, created, exits, gateSpec, measurement, shows } from '../../domain/testing/build.ts';
import { Unplayable } from '../../replay/cassette/unplayable.ts';
import type { RunGateRequest } from '../../world/gates/port.ts';
import { memoryVault } from '../testing/memory-vault.ts';
import { realGates, type Watch } from './real-gates.ts';

const GREEN = measurement(shows({ passed: ['a', 'b'] }, { tools: { node: '26.1.0' } }));
const RED = measurement(shows({ passed: ['a'], failed: ['b'] }, { ...exits(1), tools: GREEN.tools }));
const RED_TESTS: Measurement = { ...RED, report: measurement(shows({ passed: ['a'], failed: ['b'] })).report };
const vault = memoryVault();
const request: RunGateRequest = {
  gate: gateSpec(),
  purpose: 'candidate',
  round: 1,
  tree: BASE,
  canaryBase: null,
  layer: null,
  vault,
  cache: { goal: 'g-20261201-abcdef', reuse: true },
};

/** Gates that show these one after the other. */
async function shown(runs: readonly (Measurement | Error)[], watch: Partial<Watch> = {}) {
  const asked: RunGateRequest[] = [];
  const unasked = (): never => assert.fail('not asked for');
  const gates = await realGates(
    {
      git: {
        openVault: async () => vault,
        supplies: async () => ({ beside: null, lay: unasked }) as never,
      } as never,
      gates: {
        run: async (of: RunGateRequest) => {
          const run = runs[asked.length] ?? unasked();
          asked.push(of);
          if (run instanceof Error) throw run;
          return run;
        },
      } as never,
    },
    created().repository,
    [],
    { notify: () => undefined, signal: new AbortController().signal, ...watch },
  );
  return { asked, ran: gates.ran, compare: () => gates.compare({ request, recorded: GREEN, layer: null }) };
}

const notComparable = (why: RegExp) => (error: unknown) =>
  error instanceof Unplayable &&
  error.kind === 'not_comparable' &&
  why.test(error.message) &&
  error.fix?.startsWith('--gates recorded') === true;

suite('gates of a replay', () => {
  test('are run, and nothing of an earlier run stands for one', async () => {
    const { asked, ran, compare } = await shown([GREEN]);
    assert.equal(await compare(), null);
    assert.deepEqual([ran(), asked[0]?.cache], [1, undefined]);
  });

  test('that show something else twice are a divergence, which names the gate and the tests', async () => {
    const { compare } = await shown([RED_TESTS, RED_TESTS]);
    assert.match((await compare()) ?? '', /^gate \S+, candidate: b: passed there, failed here; /);
  });

  test('that do not agree with themselves are flaky, and it is said on which tests', async () => {
    const { compare } = await shown([RED_TESTS, GREEN]);
    await assert.rejects(compare(), notComparable(/^flaky: two runs of gate \S+ here do not agree on b$/));
  });

  test('name five of many unsteady tests', async () => {
    const many = (failed: readonly string[]) => ({ ...RED, report: measurement(shows({ failed })).report });
    const { compare } = await shown([many(['1', '2', '3', '4', '5', '6', '7']), many([])]);
    await assert.rejects(compare(), notComparable(/do not agree on 1; 2; 3; 4; 5 and 2 more$/));
  });

  test('with another tool are not comparable, also where they show the same', async () => {
    const { compare } = await shown([{ ...GREEN, tools: { node: '24.1.0' } }]);
    await assert.rejects(compare(), notComparable(/^node 24\.1\.0 here, 26\.1\.0 there$/));
  });

  test('that cannot be run here say why, and one that is stopped is stopped', async () => {
    const full = new OmkError('DISK_FULL', 'There is no space left', 'free some');
    await assert.rejects((await shown([full])).compare(), notComparable(/cannot be run here: There is no space left$/));
    const stop = AbortSignal.abort();
    await assert.rejects((await shown([full], { signal: stop })).compare(), full);
  });
});
