import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Measurement } from '../../domain/gates/evidence.ts';
import { exits, gateSpec, measurement, FIX, type Shown } from '../../domain/testing/build.ts';
import type { Gates } from '../../world/gates/port.ts';
import type { Vault } from '../../world/git/port.ts';
import { runGates } from './run-gates.ts';

const SHORT: Shown = { ...exits(1), outcome: { kind: 'out_of_memory', detail: 'heap' } };
const PLAIN = { reader: 'exit_only', kind: 'command' } as const;

/** Gates that show these one after the other; how many ran at once with each of them. */
function world(shown: Readonly<Record<string, readonly Shown[]>>) {
  const ran: string[] = [];
  let running = 0;
  const run = async ({ gate }: { readonly gate: { readonly id: string } }): Promise<Measurement> => {
    const round = ran.filter((each) => each.startsWith(`${gate.id} `)).length;
    running += 1;
    const index = ran.push('') - 1;
    await new Promise(setImmediate);
    ran[index] = `${gate.id} beside ${running - 1}`;
    await new Promise(setImmediate);
    running -= 1;
    return measurement({ ...(shown[gate.id]?.[round] ?? exits(0)), gate: gate.id });
  };
  const gates: Pick<Gates, 'run' | 'layer'> = { run, layer: async () => ({ kind: 'none', why: 'nothing' }) };
  return { ran, world: { gates, concurrency: 2 } };
}

const ask = (gates: readonly ReturnType<typeof gateSpec>[]) => ({
  vault: {} as Vault,
  tree: FIX,
  gates,
  reuse: true,
  signal: new AbortController().signal,
});

test('gates run together, and one that ran out of memory is tried alone, once, when the others are done', async () => {
  const told: string[] = [];
  const { ran, world: here } = world({ a: [SHORT, exits(0)], b: [SHORT, SHORT], c: [exits(1)] });
  const gates = ['a', 'b', 'c'].map((id) => gateSpec({ ...PLAIN, id }));
  const results = await runGates(here, ask(gates), ({ gate }) => told.push(gate.id));
  assert.deepEqual(
    results.map(({ verdict }) => (verdict.kind === 'pass' ? 'pass' : verdict.code)),
    ['pass', 'E_OUT_OF_MEMORY', 'E_EXIT'],
  );
  assert.deepEqual(ran, ['a beside 1', 'b beside 1', 'c beside 0', 'a beside 0', 'b beside 0']);
  assert.deepEqual(told, ['c', 'a', 'b']);
});

test('a gate that weighs all the room has nobody beside it, and one to skip is not run', async () => {
  const { ran, world: here } = world({});
  const results = await runGates(
    here,
    ask([
      gateSpec({ ...PLAIN, id: 'a' }),
      gateSpec({ ...PLAIN, id: 'b', weight: 2 }),
      gateSpec({ ...PLAIN, id: 'c', skip: true }),
    ]),
    () => undefined,
  );
  assert.deepEqual(ran, ['a beside 0', 'b beside 0']);
  assert.deepEqual(
    results.map(({ verdict }) => verdict.kind),
    ['pass', 'pass', 'not_measured'],
  );
});
