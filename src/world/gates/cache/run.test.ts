import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { GateSpec } from '../../../domain/gates/gate.ts';
import type { RunGateRequest } from '../port.ts';
import { makeBench } from '../testing/bench.ts';

// The time is different in every execution, so that output tells them apart.
const trees = {
  t: { 'a.txt': 'a\n', 'docs/x.md': 'x\n' },
  other: { 'a.txt': 'b\n', 'docs/x.md': 'x\n' },
  docs: { 'a.txt': 'a\n', 'docs/x.md': 'y\n' },
};
const CLOCK = 'date +%s%N';
const ask = { cache: { goal: 'g-1', reuse: true } } as const;

const probe = await makeBench({ sandbox: 'auto', trees });
const sandbox = (await probe.run('true', 't')).sandbox;
await probe.remove();

describe('the cache of executions', { skip: sandbox.kind === 'none' ? `no sandbox: ${sandbox.why}` : false }, () => {
  let bench: Awaited<ReturnType<typeof makeBench>>;
  let spec: GateSpec;
  before(async () => {
    bench = await makeBench({ sandbox: 'auto', trees });
    spec = await bench.gates.check('true', 'check-1', bench.vault, 't');
  });
  after(() => bench.remove());
  const sh = (
    text: string,
    tree = 't',
    more: Partial<GateSpec> = {},
    request: Pick<Partial<RunGateRequest>, 'cache' | 'purpose' | 'round'> = ask,
  ) => bench.run('', tree, { gate: { ...spec, argv: ['sh', '-c', text], ...more }, ...request });

  test('a pass stands for the next run of the same, with the same evidence and where it came from', async () => {
    const first = await sh(`${CLOCK}; : one`);
    assert.equal(first.cached, undefined);
    const second = await sh(`${CLOCK}; : one`, 't', {}, { cache: { goal: 'g-2', reuse: true }, purpose: 'candidate' });
    assert.deepEqual([second.stdout, second.tail, second.purpose], [first.stdout, first.tail, 'candidate']);
    assert.deepEqual(second.cached?.from, {
      goal: 'g-1',
      purpose: 'contract',
      round: 1,
      tree: 't',
      startedAt: first.startedAt,
      durationMs: first.durationMs,
    });
    const third = await sh(`${CLOCK}; : one`);
    assert.equal(third.cached?.from.goal, 'g-1', 'a copy is not kept again');
  });

  test('another tree, command, variable, folder or service is another run', async () => {
    await sh(`${CLOCK}; : two`);
    for (const [tree, more] of [
      ['other', {}],
      ['t', { env: { A: '1' } }],
      ['t', { cwd: 'docs' }],
      ['t', { timeoutMs: 1234 }],
    ] as const)
      assert.equal((await sh(`${CLOCK}; : two`, tree, more)).cached, undefined, JSON.stringify([tree, more]));
    assert.ok((await sh(`${CLOCK}; : two`)).cached);
  });

  test('asked to execute, it does, and without being asked nothing is kept', async () => {
    await sh(`${CLOCK}; : three`, 't', {}, {});
    assert.equal((await sh(`${CLOCK}; : three`)).cached, undefined);
    assert.equal((await sh(`${CLOCK}; : three`, 't', {}, { cache: { goal: 'g', reuse: false } })).cached, undefined);
    assert.ok((await sh(`${CLOCK}; : three`)).cached);
  });

  test('the run of a base that tells what it loads is one of a base', async () => {
    const tells: Partial<GateSpec> = { reader: 'go-test' };
    const events = ['"run","Test":"TestA"', '"pass","Test":"TestA"', '"pass"'];
    const text = events.map((each) => `echo '{"Package":"a","Action":${each}}'`).join(';');
    const of = (round: number, purpose: 'baseline' | 'contract' | 'candidate') =>
      sh(text, 't', tells, { ...ask, purpose, round });
    // Of one candidate, which is a base later.
    await of(1, 'contract');
    await sh(text, 't', tells, { cache: { goal: 'g-2', reuse: false }, purpose: 'candidate', round: 1 });
    assert.ok((await of(1, 'baseline')).cached);
    assert.equal((await of(2, 'baseline')).cached, undefined);
    const next = { cache: { goal: 'g-3', reuse: true }, purpose: 'baseline' } as const;
    assert.equal((await sh(text, 't', tells, { ...next, round: 2 })).cached?.from.purpose, 'baseline');
  });

  test('a baseline is two executions, and a second try is one', async () => {
    const round = (n: number, purpose: 'baseline' | 'contract' = 'baseline') =>
      sh(`${CLOCK}; : four`, 't', {}, { ...ask, purpose, round: n });
    assert.equal((await round(1)).cached, undefined);
    assert.equal((await round(2)).cached, undefined);
    const [one, two] = [await round(1), await round(2)];
    assert.ok(
      one.cached && two.cached && one.cached.from.startedAt !== two.cached.from.startedAt && one.tail !== two.tail,
    );
    assert.equal((await round(2, 'contract')).cached, undefined);
  });

  test('what a goal ran itself is no second execution for it, where another goal runs beside it', async () => {
    const baseline = (goal: string, round: number) =>
      sh(`${CLOCK}; : beside`, 't', {}, { cache: { goal, reuse: true }, purpose: 'baseline', round });
    await baseline('g-a', 2);
    const own = await sh(
      `${CLOCK}; : beside`,
      't',
      {},
      { cache: { goal: 'g-b', reuse: false }, purpose: 'baseline', round: 1 },
    );
    const second = await baseline('g-b', 2);
    assert.notEqual(second.cached?.from.startedAt, own.startedAt);
  });

  test('a failure is never kept, and what passed under its key is in doubt', async () => {
    const flaky = `test $(($(date +%N | sed 's/^0*//') % 2)) = 0`;
    const seen = new Set<number>();
    for (let n = 0; n < 60 && seen.size < 2; n++) {
      const run = await sh(flaky);
      assert.ok(run.outcome.kind === 'exited');
      if (run.cached === undefined) seen.add(run.outcome.code);
      if (seen.has(1)) break;
      await sh(flaky, 't', {}, { cache: { goal: 'g', reuse: false } }).then(
        ({ outcome }) => outcome.kind === 'exited' && seen.add(outcome.code),
      );
    }
    assert.ok(seen.has(1));
    for (let n = 0; n < 4; n++) assert.equal((await sh(flaky)).cached, undefined);
  });

  test('a gate with network or without a file among its inputs is always executed', async () => {
    const key = (more: Partial<GateSpec>) =>
      bench.gates.cacheKey({
        gate: { ...spec, ...more },
        purpose: 'contract',
        round: 1,
        tree: 't',
        canaryBase: null,
        layer: null,
        vault: bench.vault,
      });
    assert.deepEqual(await key({ network: true }), {
      kind: 'none',
      why: 'a gate with network depends on more than omk can name',
    });
    assert.equal((await key({ inputs: ['scr/**'] })).kind, 'none');
    assert.equal((await key({})).kind, 'key');
  });

  test('inputs: only those files count', async () => {
    const inputs = ['*.txt'];
    await sh(`${CLOCK}; : five`, 't', { inputs });
    const same = await sh(`${CLOCK}; : five`, 'docs', { inputs });
    assert.deepEqual([same.tree, same.cached?.from.tree], ['docs', 't']);
    assert.equal((await sh(`${CLOCK}; : five`, 'other', { inputs })).cached, undefined);
  });

  test('inputs that were detected: what a candidate showed stands for no other tree', async () => {
    const detected = { inputs: ['*.txt'], source: { kind: 'detected', detector: 'npm', because: 'of it' } } as const;
    const run = (tree: string, purpose: 'baseline' | 'contract') =>
      sh(`${CLOCK}; : six`, tree, detected, { ...ask, purpose });
    await run('t', 'contract');
    assert.equal((await run('docs', 'contract')).cached, undefined);
    assert.equal((await run('docs', 'contract')).cached?.from.purpose, 'contract');
    assert.equal((await run('t', 'baseline')).cached, undefined);
    assert.equal((await run('docs', 'contract')).cached?.from.purpose, 'baseline');
  });
});

test('without a sandbox nothing is kept', async () => {
  const bench = await makeBench({ sandbox: 'none', trees });
  for (const _ of [1, 2]) assert.equal((await bench.run('true', 't', ask)).cached, undefined);
  await bench.remove();
});
