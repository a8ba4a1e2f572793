import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import type { TestReport } from '../../../domain/gates/evidence.ts';
import { shows } from '../../../domain/testing/build.ts';
import type { RunResult } from '../../process/port.ts';
import { makeBench } from '../testing/bench.ts';
import { oomKills, saysNoMemory, whyNoMemory } from './memory.ts';

const rest = { durationMs: 1, stdoutTruncated: false, stderrTruncated: false };
const exited = (code: number): RunResult => ({ kind: 'exited', code, ...rest });
const signalled = (signal: string): RunResult => ({ kind: 'signalled', signal, ...rest });
const NONE: TestReport = { kind: 'exit_only' };
const why = (result: RunResult, more: Partial<Parameters<typeof whyNoMemory>[1]> = {}): string | null => whyNoMemory(result, { marker: null, before: 3, after: 3, report: NONE, ...more });

test('a kill is for want of memory only where the kernel counted one', () => {
  assert.match(why(signalled('SIGKILL'), { after: 4 }) ?? '', /kernel/);
  assert.match(why(exited(137), { after: 4 }) ?? '', /kernel/);
  assert.equal(why(exited(137)), null);
  assert.equal(why(exited(137), { before: null, after: 4 }), null);
  assert.equal(why(exited(1), { after: 4 }), null);
  assert.equal(why(exited(0), { after: 4, marker: 'x' }), null);
});

test('what a runtime says counts with a red end, unless its tests were reported as failed', () => {
  assert.equal(why(exited(134), { marker: 'heap' }), 'it ran out of memory: heap');
  assert.equal(why(signalled('SIGABRT'), { marker: 'heap' }), 'it ran out of memory: heap');
  assert.equal(why(exited(1), { marker: 'heap' }), 'it ran out of memory: heap');
  const { report } = shows({ failed: ['a'] });
  assert.equal(why(exited(1), { marker: 'heap', report }), null);
  assert.equal(why(exited(134), { marker: 'heap', report }), 'it ran out of memory: heap');
});

test('the words of the runtimes', () => {
  for (const line of [
    'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
    'Exception in thread "main" java.lang.OutOfMemoryError: Java heap space',
    'fatal error: runtime: out of memory',
    'memory allocation of 4096 bytes failed',
    "terminate called after throwing an instance of 'std::bad_alloc'",
  ])
    assert.ok(saysNoMemory(line), line);
  for (const line of ['not ok 1 - out of memory is reported', 'ran out of memory allocation budget', '']) assert.ok(!saysNoMemory(line), line);
});

test('the count of the kernel is a number where there is one', { skip: process.platform === 'linux' ? false : 'not Linux' }, async () => {
  const counted = await oomKills();
  if ((await readFile('/proc/vmstat', 'utf8')).includes('\noom_kill ')) assert.ok(Number.isInteger(counted));
});

describe('a gate that needs more than it has', () => {
  let bench: Awaited<ReturnType<typeof makeBench>>;
  before(async () => {
    bench = await makeBench({ sandbox: 'auto', trees: { t: { 'hog.js': 'const all = [];\nfor (;;) all.push(new Array(100000).fill(all.length));\n' } } });
  });
  after(() => bench.remove());

  test('says so', async () => {
    const { outcome } = await bench.run('node --max-old-space-size=24 hog.js', 't');
    assert.equal(outcome.kind, 'out_of_memory');
    assert.match(outcome.kind === 'out_of_memory' ? outcome.detail : '', /JavaScript heap out of memory/);
  });

  test('one that is killed without it, does not', async () => {
    assert.notEqual((await bench.run("sh -c 'kill -9 $$'", 't')).outcome.kind, 'out_of_memory');
  });
});
