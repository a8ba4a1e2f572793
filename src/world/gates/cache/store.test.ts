import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { exits, measurement } from '../../../domain/testing/build.ts';
import { memoryBlobs } from '../testing/blobs.ts';
import { systemClock } from '../../clock/system.ts';
import { openVerdicts } from './store.ts';

const DAY = 86_400_000;
const K = { about: 'a'.repeat(64), key: 'k' };
const K2 = { about: 'b'.repeat(64), key: 'k2' };
const OTHER = { about: 'a'.repeat(64), key: 'other' };
const fileOf = ({ about, key }: typeof K): string => `${about.slice(0, 16)}-${key}.json`;

async function open(t: TestContext) {
  const stateDir = await mkdtemp(join(tmpdir(), 'omk-verdicts-'));
  t.after(() => rm(stateDir, { recursive: true, force: true }));
  const blobs = memoryBlobs();
  const output = await blobs.putBlob(Buffer.from('out'));
  let now = Date.parse('2026-01-31T12:00:00.000Z');
  let drawn = 0;
  const clock = {
    ...systemClock,
    now: () => now,
    monotonic: () => now,
    random: (bytes: number) => new Uint8Array(bytes).fill(drawn++),
  };
  const kept = (startedAt: string, stdout = output) => ({
    goal: 'g',
    measurement: measurement({ ...exits(0), stdout, stderr: output, startedAt }),
  });
  return { stateDir, kept, verdicts: openVerdicts({ stateDir, blobs, clock }), later: (ms: number) => (now += ms) };
}

const times = (list: readonly { readonly measurement: { readonly startedAt: string } }[]): readonly string[] =>
  list.map(({ measurement: { startedAt } }) => startedAt);
const at = (hour: number): string => `2026-01-31T${hour}:00:00.000Z`;

test('the last two executions are kept, each once, for a week', async (t) => {
  const { verdicts, kept, later } = await open(t);
  await Promise.all([10, 11, 11, 12].map((hour) => verdicts.keep(K, kept(at(hour)))));
  assert.deepEqual(times(await verdicts.read(K)), [at(11), at(12)]);
  assert.deepEqual(await verdicts.read(OTHER), []);
  later(7 * DAY);
  assert.deepEqual(await verdicts.read(K), []);
});

test('after a failure nothing is found or kept for a week', async (t) => {
  const { verdicts, kept, later } = await open(t);
  await verdicts.keep(K, kept(at(11)));
  await verdicts.doubt(K, measurement(exits(1)));
  await verdicts.keep(K, kept(at(12)));
  assert.deepEqual(await verdicts.read(K), []);
  later(7 * DAY);
  await verdicts.keep(K, kept('2026-02-07T12:00:00.000Z'));
  assert.equal((await verdicts.read(K)).length, 1);
});

test('two executions that contradict each other put both in doubt', async (t) => {
  const { verdicts, kept } = await open(t);
  const red = (hour: number) => {
    const { goal, measurement: green } = kept(at(hour));
    return {
      goal,
      measurement: { ...green, purpose: 'baseline' as const, outcome: { kind: 'exited' as const, code: 1 } },
    };
  };
  await verdicts.keep(K, red(10));
  await verdicts.keep(K, red(11));
  await verdicts.doubt(K, measurement(exits(1)));
  assert.equal((await verdicts.read(K)).length, 2, 'a failure like them doubts nothing');
  await verdicts.keep(K, kept(at(12)));
  await verdicts.keep(K, red(13));
  assert.deepEqual(await verdicts.read(K), []);
});

test('what is cut, changed or without its output is not there', async (t) => {
  const { verdicts, kept, stateDir } = await open(t);
  await verdicts.keep(K, kept(at(11), { sha256: 'f'.repeat(64), bytes: 3, truncated: false }));
  assert.deepEqual(await verdicts.read(K), []);
  await verdicts.keep(K2, kept(at(11)));
  const dir = join(stateDir, 'cache', 'verdicts');
  const file = join(dir, fileOf(K2));
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('"code":0', '"code":1'));
  assert.deepEqual(await verdicts.read(K2), []);
  await writeFile(file, text.slice(0, -20));
  assert.deepEqual(await verdicts.read(K2), []);
  await writeFile(file, text);
  assert.equal((await verdicts.read(K2)).length, 1);
  assert.deepEqual(await readdir(dir), [fileOf(K), fileOf(K2)]);
});

test('what is about nothing that was kept is known without its key', async (t) => {
  const { verdicts, kept } = await open(t);
  assert.equal(await verdicts.mayHold(K.about), false);
  await verdicts.keep(K, kept(at(11)));
  assert.deepEqual([await verdicts.mayHold(K.about), await verdicts.mayHold(K2.about)], [true, false]);
});
