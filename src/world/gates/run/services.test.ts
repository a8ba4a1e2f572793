import { slow } from '../testing/tools.ts';
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { GateService, GateSpec } from '../../../domain/gates/gate.ts';
import { makeBench } from '../testing/bench.ts';

const SERVER =
  "require('node:http').createServer((q, r) => r.end('pong from ' + " +
  "process.cwd())).listen(Number(process.argv[2]), '127.0.0.1', () => console.log('noise of the " +
  "service'))";
const ASK =
  "require('node:http').get('http://127.0.0.1:' + process.argv[2], (r) => r.pipe(process.stdout)).on('error', () => process.exit(1))";
const trees = { t: { 'db/server.cjs': SERVER, 'ask.cjs': ASK, 'a "quoted" name.txt': 'x\n' } };
// Without a sandbox both modes share the loopback of the machine.
const PORTS = { auto: 47_311, none: 47_312 } as const;

for (const sandbox of ['auto', 'none'] as const)
  describe(`services of a gate, sandbox ${sandbox}`, { skip: sandbox === 'none' && slow }, () => {
    let bench: Awaited<ReturnType<typeof makeBench>>;
    let spec: GateSpec;
    before(async () => {
      bench = await makeBench({ sandbox, trees });
      spec = await bench.gates.check('true', 'check-1', bench.vault, 't');
    });
    after(async () => {
      assert.deepEqual(await bench.leftovers(), []);
      await bench.remove();
    });
    const port = String(PORTS[sandbox]);
    const db: GateService = {
      name: 'db',
      argv: ['node', 'server.cjs', port],
      ready: ['node', '../ask.cjs', port],
      readyTimeoutMs: 20_000,
      cwd: 'db',
    };
    const run = (services: readonly GateService[], text: string, more: Partial<GateSpec> = {}) =>
      bench.run('', 't', { gate: { ...spec, argv: ['sh', '-c', text], services, ...more } });

    test('a service is ready before the command, runs in its folder, and writes nothing into the output', async () => {
      const ran = await run([db], `node ask.cjs ${port}; ls *.txt; exit 3`);
      assert.deepEqual(ran.outcome, { kind: 'exited', code: 3 });
      assert.match(bench.blobs.text(ran.stdout.sha256), /^pong from .*\/db/);
      assert.ok(
        !bench.blobs.text(ran.stdout.sha256).includes('noise') &&
          bench.blobs.text(ran.stdout.sha256).includes('a "quoted" name.txt'),
      );
      assert.equal(bench.blobs.text(ran.stderr.sha256), '');
    });

    test('it is gone when the gate has ended, so that the next run can start its own', async () => {
      for (const _ of [1, 2])
        assert.deepEqual((await run([db], `node ask.cjs ${port}`)).outcome, { kind: 'exited', code: 0 });
      const alone = await bench.run('', 't', { gate: { ...spec, argv: ['node', 'ask.cjs', port] } });
      assert.deepEqual(alone.outcome, { kind: 'exited', code: 1 });
    });

    test('one that ends, and one that does not get ready, say so with their output, and the gate does not run', async () => {
      const ends = await run([{ ...db, argv: ['sh', '-c', 'echo "it is broken"; exit 1'] }], 'echo the gate ran');
      assert.deepEqual(ends.outcome, {
        kind: 'not_started',
        at: 'service',
        detail: 'service db ended before it was ready',
      });
      assert.ok(ends.tail.includes('it is broken') && !ends.tail.includes('the gate ran'));
      const slow = await run([{ ...db, argv: ['sleep', '60'], readyTimeoutMs: 1000 }], 'echo the gate ran');
      assert.deepEqual(slow.outcome, {
        kind: 'not_started',
        at: 'service',
        detail: 'service db was not ready within 1 s',
      });
    });

    test('a gate that ends as the script does, but without its word, has run', async () => {
      const ran = await run([db], 'echo omk-service- service db ended >&2; exit 125');
      assert.deepEqual(ran.outcome, { kind: 'exited', code: 125 });
    });
  });
