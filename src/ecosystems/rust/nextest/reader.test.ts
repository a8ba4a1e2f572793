import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { injectedFile } from '../../../world/gates/readers/injected.ts';
import { fixture, testsOf, whyOf } from '../../../world/gates/testing/fixture.ts';
import { nextest } from './reader.ts';

test('tests by crate and program', () => {
  assert.deepEqual(testsOf(nextest.read(fixture('nextest.jsonl'), '/omk/checkout')), {
    passed: ['sums::outer::outer', 'sums::sums::tests::adds', 'sums::sums::tests::panics'],
    failed: ['sums::sums::tests::wrong'],
    skipped: ['sums::sums::tests::slow'],
  });
  assert.match(whyOf(nextest.read('', '/omk/checkout')), /^missing/);
});

test('it is told to report and to go on after a failure', () => {
  const { argv, env } = nextest.inject({
    argv: ['cargo', 'nextest', 'run', '-p', 'a'],
    env: {},
    reportDir: '/r',
    injectDir: '/i',
    reporterName: 'omk_1',
    tmp: '/t',
    analysis: null,
  });
  assert.deepEqual(argv, ['cargo', 'nextest', 'run', '--message-format', 'libtest-json', '--no-fail-fast', '-p', 'a']);
  assert.equal(env['NEXTEST_EXPERIMENTAL_LIBTEST_JSON'], '1');
});

test('a test that ends its process with 0 before libtest does has not passed', (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'omk-nextest-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  mkdirSync(join(dir, 'deps'));
  const program = join(dir, 'deps', 'a-0123456789abcdef');
  const ends = (said: string, code: number, ...args: readonly string[]): number | null => {
    writeFileSync(program, `#!/bin/sh\n# __RUST_TEST_INVOKE\necho '${said}'\nexit ${code}\n`, { mode: 0o755 });
    return spawnSync('sh', [injectedFile('cargo-test.sh'), program, ...args], {
      env: { PATH: '/usr/bin:/bin', NEXTEST: '1' },
    }).status;
  };
  const whole = '{ "type": "suite", "event": "ok", "passed": 1, "failed": 0, "ignored": 0 }';
  assert.equal(ends(whole, 0, '--exact', 'x', '--nocapture'), 0);
  assert.equal(ends('', 0, '--exact', 'x', '--nocapture'), 101);
  assert.equal(ends('', 3, '--exact', 'x', '--nocapture'), 3);
  assert.equal(ends('x: test', 0, '--list', '--format', 'terse'), 0);
});
