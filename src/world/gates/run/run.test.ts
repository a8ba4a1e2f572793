import { slow } from '../testing/tools.ts';
import assert from 'node:assert/strict';
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { OmkError } from '../../../domain/error.ts';
import type { GateSpec } from '../../../domain/gates/gate.ts';
import { makeBench } from '../testing/bench.ts';

const SECRET = `ghp_${'a1B2'.repeat(9)}`;
const trees = {
  t: {
    'a.txt': 'a\n',
    'dir/b.txt': 'b\n',
    'packages/a/test/c.txt': 'c\n',
    'flood.sh':
      'i=0; line=$(head -c 1000 /dev/zero | tr "\\0" x); while [ $i -lt 100 ]; do i=$((i+1)); head -c ' +
      '1048576 /dev/zero | tr "\\0" y; echo; done; echo the end',
  },
};

for (const sandbox of ['auto', 'none'] as const) {
  describe(`running a gate, sandbox ${sandbox}`, { concurrency: 2, skip: sandbox === 'none' && slow }, () => {
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
    test('a program of a layer is started where the run sees it', async () => {
      const dir = join(bench.stateDir, 'layer', 'package-manager');
      mkdirSync(dir, { recursive: true });
      writeFileSync(join(dir, 'brought-by-a-layer'), '#!/bin/sh\necho "$0"\n', { mode: 0o755 });
      const layer = { dir, mount: null, fixed: '/omk/deps/package-manager', digest: 'd', kind: 'k', env: {} };
      const { outcome, tail } = await bench.run('', 't', {
        gate: { ...spec, argv: ['brought-by-a-layer'] },
        layer: { ...layer, pathPrefix: [dir] },
      });
      assert.deepEqual(outcome, { kind: 'exited', code: 0 }, tail);
    });
    const sh = (text: string, more: Partial<GateSpec> = {}) =>
      bench.run('', 't', { gate: { ...spec, argv: ['sh', '-c', text], ...more } });

    test('a command is its exit code', async () => {
      assert.deepEqual((await bench.run('true', 't')).outcome, { kind: 'exited', code: 0 });
      const red = await sh('echo why >&2; exit 3');
      assert.deepEqual(red.outcome, { kind: 'exited', code: 3 });
      assert.deepEqual(red.report, { kind: 'exit_only' });
      assert.equal(red.tail, 'why');
      assert.equal(bench.blobs.text(red.stderr.sha256), 'why\n');
    });

    test('what a gate changes and leaves is named, tracked and new apart', async () => {
      const run = await sh('echo x >> a.txt; rm dir/b.txt; echo y > new.txt; mkdir d; echo z > d/new');
      assert.deepEqual(run.changed, ['a.txt', 'dir/b.txt']);
      assert.deepEqual(run.created, ['d/new', 'new.txt']);
      const again = await sh('cat a.txt; ls');
      assert.equal(bench.blobs.text(again.stdout.sha256), 'a\na.txt\ndir\nflood.sh\npackages\n');
    });

    test('a folder of tests that is put aside and put back is named', async () => {
      const run = await sh('mv packages/a aside; mv aside packages/a');
      assert.deepEqual([run.changed, run.created, run.rewritten], [[], [], ['packages/a']]);
      assert.equal((await sh('cat packages/a/test/c.txt')).rewritten, undefined);
    });

    test('many changes are named up to twenty', async () => {
      const run = await sh('for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22; do echo > n$i; done');
      assert.equal(run.created.length, 20);
    });

    test('after its timeout a gate is dead, and its output is kept', async () => {
      const run = await sh('echo before; sleep 60', { timeoutMs: 400 });
      assert.deepEqual(run.outcome, { kind: 'timed_out', afterMs: 400 });
      assert.equal(run.tail, 'before');
      assert.ok(run.durationMs < 20_000);
    });

    test('a flood of output is bounded, its end is shown', async () => {
      const run = await sh('sh flood.sh');
      assert.deepEqual(run.outcome, { kind: 'exited', code: 0 });
      assert.ok(run.stdout.truncated && run.stdout.bytes < 9 * 1024 * 1024, String(run.stdout.bytes));
      assert.ok(Buffer.byteLength(run.tail) <= 4096);
      assert.match(run.tail, /the end$/);
    });

    test('secrets are not kept, control sequences are not shown', async () => {
      const run = await sh(`printf '\\033[31mred\\033[0m ${SECRET} \\007\\n\\377\\n'`);
      const kept = bench.blobs.text(run.stdout.sha256);
      assert.ok(kept.includes('[redacted]') && !kept.includes(SECRET));
      assert.ok(kept.includes('\u001b[31m'));
      assert.equal(run.tail.split('\n')[0], 'red [redacted] ');
      assert.ok(bench.lines.every((line) => !line.includes(SECRET) && !line.includes('\u001b')));
    });

    test('the environment is made from nothing', async () => {
      process.env['OMK_TEST_SECRET'] = 'here';
      const run = await sh('env', { env: { DECLARED: 'yes', PATH_LIKE: '/x' } });
      delete process.env['OMK_TEST_SECRET'];
      const names = bench.blobs
        .text(run.stdout.sha256)
        .trim()
        .split('\n')
        .map((line) => line.split('=')[0] ?? '');
      assert.ok(names.includes('DECLARED') && names.includes('CI') && !names.includes('OMK_TEST_SECRET'));
      assert.deepEqual(run.envNames, [...run.envNames].sort());
      assert.ok(run.envNames.includes('DECLARED') && !run.envNames.includes('OMK_TEST_SECRET'));
    });

    test('what cannot be started says so', async () => {
      const missing = await bench.run('no-such-program-here --x', 't');
      assert.deepEqual(missing.outcome, {
        kind: 'not_started',
        at: 'tool',
        detail: 'the program no-such-program-here was not found on the PATH',
      });
      assert.deepEqual((await bench.run('./no-such-file', 't')).outcome, {
        kind: 'not_started',
        at: 'tool',
        detail: 'the program ./no-such-file does not exist',
      });
      const folder = await bench.run('', 't', { gate: { ...spec, cwd: 'gone' } });
      assert.equal(folder.outcome.kind, 'not_started');
      assert.equal((await sh('pwd', { cwd: 'dir' })).tail, 'dir');
    });

    test('a canary is asked for and cannot be planted: nothing runs, and there is none', async () => {
      const run = await bench.run('', 't', { gate: { ...spec, reader: 'pytest' }, canaryBase: 't', purpose: 'canary' });
      assert.equal(run.canary, null);
      assert.equal(run.outcome.kind, 'not_started');
      assert.deepEqual(await bench.gates.canaryFor(bench.vault, 't', { ...spec, reader: 'pytest' }), {
        kind: 'none',
        why: 'no test file of pytest can carry one',
      });
    });

    test('an abort ends the gate and throws INTERRUPTED', async () => {
      const controller = new AbortController();
      const request = {
        gate: { ...spec, argv: ['sh', '-c', 'echo started; sleep 60'] },
        purpose: 'contract',
        round: 1,
        tree: 't',
        canaryBase: null,
        layer: null,
        vault: bench.vault,
      } as const;
      const running = bench.gates.run(request, () => controller.abort(), controller.signal);
      await assert.rejects(
        running,
        (error) => error instanceof OmkError && error.code === 'INTERRUPTED' && error.exit === 130,
      );
    });

    test('a gate that takes its own rights away is cleared up', async () => {
      const run = await sh('mkdir -p locked/in; echo x > locked/in/f; chmod 000 locked/in locked');
      assert.deepEqual(run.outcome, { kind: 'exited', code: 0 });
    });
  });
}

test('what a killed process left of its runs goes after two days, and not before', async (t) => {
  const bench = await makeBench({ sandbox: 'none', trees });
  t.after(() => bench.remove());
  const runs = join(bench.stateDir, 'tmp', 'gates');
  for (const name of ['old', 'young']) mkdirSync(join(runs, name, 'checkout'), { recursive: true });
  utimesSync(join(runs, 'old'), 1, 1);
  assert.deepEqual(await bench.leftovers(), ['young']);
});

test('in a sandbox a gate sees neither the state directory nor a network, and nobody can know where its report goes', async (t) => {
  const bench = await makeBench({ sandbox: 'auto', trees });
  t.after(() => bench.remove());
  const run = await bench.run(
    `sh -c 'ls -d ${bench.stateDir} /omk/checkout; ls /sys/class/net /proc/net/dev; grep -c : ` +
      `/proc/net/dev; ls /omk; touch /omk/inject/x; echo $HOME; ls -A $HOME'`,
    't',
  );
  if (run.sandbox.kind === 'none') return t.skip(run.sandbox.why);
  const out = bench.blobs.text(run.stdout.sha256);
  const err = bench.blobs.text(run.stderr.sha256);
  assert.match(out, /^\/omk\/checkout$/m);
  assert.ok(err.includes("'/omk/state': No such file"), err);
  assert.match(out, /^1$/m);
  assert.match(out, /^report-[0-9a-f]{16}$/m);
  assert.match(err, /inject\/x.*Read-only/);
});
