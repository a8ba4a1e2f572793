import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import type { TestReport } from '../../../domain/gates/evidence.ts';
import { shows } from '../../../domain/testing/build.ts';
import type { RunResult } from '../../process/port.ts';
import { makeBench } from '../testing/bench.ts';
import { without } from '../testing/tools.ts';
import { memoryWatch, oomKills, whyNoMemory, type MemoryWords } from './memory.ts';

const rest = { durationMs: 1, stdoutTruncated: false, stderrTruncated: false };
const exited = (code: number): RunResult => ({ kind: 'exited', code, ...rest });
const signalled = (signal: string): RunResult => ({ kind: 'signalled', signal, ...rest });
const NONE: TestReport = { kind: 'exit_only' };
const why = (result: RunResult, more: Partial<Parameters<typeof whyNoMemory>[1]> = {}): string | null =>
  whyNoMemory(result, { marker: null, killed: false, before: 3, after: 3, report: NONE, ...more });

const heard = (text: string, stream: 'stdout' | 'stderr' = 'stderr'): MemoryWords => {
  const watch = memoryWatch();
  for (const line of text.split('\n')) watch.hear(line, stream);
  return watch.heard();
};

test('a kill is for want of memory only where the kernel counted one', () => {
  assert.match(why(signalled('SIGKILL'), { after: 4 }) ?? '', /kernel/);
  assert.match(why(exited(137), { after: 4 }) ?? '', /kernel/);
  assert.equal(why(exited(137)), null);
  assert.equal(why(exited(137), { before: null, after: 4 }), null);
  assert.equal(why(exited(0), { after: 4, marker: 'x' }), null);
});

test('a kill below what omk started counts where nothing is reported as failed, or where it is said', () => {
  for (const code of [1, 2, 101]) assert.match(why(exited(code), { after: 4 }) ?? '', /a process/);
  assert.equal(why(exited(2), { killed: true }), null, 'anybody can say so');
  const { report } = shows({ failed: ['a'] });
  assert.equal(why(exited(101), { after: 4, report }), null, 'something else on this machine may have been killed');
  assert.match(why(exited(101), { after: 4, report, killed: true }) ?? '', /a process/);
  assert.equal(why(exited(0), { after: 4, killed: true }), null);
});

test('a killed process, as those who started it say', () => {
  for (const line of [
    'make: *** [Makefile:2: test] Killed',
    "process didn't exit successfully: `rustc …` (signal: 9, SIGKILL: kill)",
    'g++: fatal error: Killed signal terminated program cc1plus',
    '{"Action":"output","Output":"signal: killed\\n"}',
    'Process Exit Code: 137',
    "Process 'Gradle Test Executor 1' finished with non-zero exit value 137",
  ])
    assert.ok(heard(line).killed, line);
  for (const line of ['ok 137 - exits', 'test_killed_children passed', '']) assert.ok(!heard(line).killed, line);
});

const TRACEBACK = 'Traceback (most recent call last):\n  File "<string>", line 1, in <module>\nMemoryError';

test('an error of Python or Ruby that nobody caught is the last that is said', () => {
  for (const text of [
    TRACEBACK,
    `${TRACEBACK}\nmake: *** [Makefile:2: py] Error 1\n`,
    `${TRACEBACK}: Unable to allocate 8 GiB\n`,
    'numpy._core._exceptions._ArrayMemoryError: Unable to allocate 7.45 GiB for an array',
    "a.rb:1:in `*': failed to allocate memory (NoMemoryError)\n\tfrom a.rb:1:in `<main>'",
  ])
    assert.ok(heard(text).marker, text);
  for (const text of [
    `${TRACEBACK}\n\nRan 1 test in 0.1s\nFAILED (errors=1)`,
    `${TRACEBACK}\n\nDuring handling of the above exception, another exception occurred:\nValueError: no`,
    'E   MemoryError',
    'NoMemoryError:\n  failed to allocate memory',
  ])
    assert.equal(heard(text).marker, null, text);
  assert.equal(heard(TRACEBACK, 'stdout').marker, null);
});

test('what a runtime says counts with a red end, unless its tests were reported as failed', () => {
  assert.equal(why(exited(134), { marker: 'heap' }), 'it ran out of memory: heap');
  assert.equal(why(signalled('SIGABRT'), { marker: 'heap' }), 'it ran out of memory: heap');
  assert.equal(why(exited(1), { marker: 'heap' }), 'it ran out of memory: heap');
  const { report } = shows({ failed: ['a'] });
  for (const result of [exited(1), exited(134), signalled('SIGABRT')])
    assert.equal(why(result, { marker: 'heap', report }), null);
});

test('the words of the runtimes', () => {
  for (const line of [
    'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
    'Exception in thread "main" java.lang.OutOfMemoryError: Java heap space',
    'fatal error: runtime: out of memory',
    'memory allocation of 4096 bytes failed',
    "terminate called after throwing an instance of 'std::bad_alloc'",
    '# There is insufficient memory for the Java Runtime Environment to continue.',
    'Could not reserve enough space for 33554432KB object heap',
    'PHP Fatal error:  Allowed memory size of 134217728 bytes exhausted (tried to allocate 20480 bytes) in /omk/checkout/a.php on line 3',
    'cc1plus: out of memory allocating 65536 bytes after a total of 1 bytes',
    '/usr/libexec/gcc/cc1plus: out of memory allocating 65536 bytes after a total of 1 bytes',
    'virtual memory exhausted: Cannot allocate memory',
  ])
    assert.ok(heard(`${line}\nsomething after it`, 'stdout').marker, line);
  for (const line of ['not ok 1 - out of memory is reported', 'ran out of memory allocation budget', ''])
    assert.equal(heard(line).marker, null, line);
});

test(
  'the count of the kernel is a number where there is one',
  { skip: process.platform === 'linux' ? false : 'not Linux' },
  async () => {
    const counted = await oomKills();
    if ((await readFile('/proc/vmstat', 'utf8')).includes('\noom_kill ')) assert.ok(Number.isInteger(counted));
  },
);

describe('a gate that needs more than it has', () => {
  let bench: Awaited<ReturnType<typeof makeBench>>;
  before(async () => {
    bench = await makeBench({
      sandbox: 'auto',
      trees: { t: { 'hog.js': 'const all = [];\nfor (;;) all.push(new Array(100000).fill(all.length));\n' } },
    });
  });
  after(() => bench.remove());

  test('says so', async () => {
    const { outcome } = await bench.run('node --max-old-space-size=24 hog.js', 't');
    assert.equal(outcome.kind, 'out_of_memory');
    assert.match(outcome.kind === 'out_of_memory' ? outcome.detail : '', /JavaScript heap out of memory/);
  });

  test(
    'says so below what started it',
    { skip: process.platform === 'linux' ? without('python3', '--version') : 'not Linux' },
    async () => {
      const { outcome } = await bench.run('ulimit -v 300000; python3 -c "x=bytearray(10**9)" || exit 2', 't');
      assert.equal(outcome.kind, 'out_of_memory');
      assert.match(outcome.kind === 'out_of_memory' ? outcome.detail : '', /MemoryError/);
    },
  );

  test('one that is killed without it, does not', async () => {
    assert.notEqual((await bench.run("sh -c 'kill -9 $$'", 't')).outcome.kind, 'out_of_memory');
  });
});
