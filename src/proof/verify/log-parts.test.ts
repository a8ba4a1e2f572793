import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { fold } from '../../domain/transition/evolve.ts';
import { LINE_BYTES } from '../../domain/log/parts.ts';
import { bundleOf, failures, verifyFiles, verifyV1 } from '../testing/bundle.ts';
import { ending, fixedGoal } from '../testing/goal.ts';
import { readLog } from './log.ts';
import { recorder } from './report.ts';

/** A goal whose text is longer than a line of the log may be. */
async function largeBundle() {
  const small = fixedGoal();
  const events = small.events.map((event) =>
    event.type === 'goal.created' ? { ...event, data: { ...event.data, prompt: 'Mend it. '.repeat(4000) } } : event,
  );
  const files = await bundleOf(small, [...events, ending(events, 'ready')]);
  const part = [...files.keys()].find((name) => name.startsWith('events/')) ?? assert.fail();
  return { goal: small, files, part };
}

suite('a log with large events', () => {
  test('is verified with the parts that the bundle has beside it', async () => {
    const { goal, files } = await largeBundle();
    for (const line of Buffer.from(files.get('events.jsonl') ?? [])
      .toString()
      .split('\n'))
      assert.ok(Buffer.byteLength(line) <= LINE_BYTES);
    const report = await verifyV1(goal, files);
    assert.deepEqual([report.reached, failures(report)], ['V1', []]);
  });

  test('is not, with E_LOG_PART, where a part is missing or another', async () => {
    const { files, part } = await largeBundle();
    for (const content of [null, Buffer.from('"Mend nothing."'), Buffer.from('no JSON')]) {
      const changed = new Map(files);
      if (content) changed.set(part, content);
      else changed.delete(part);
      const report = await verifyFiles(changed);
      assert.deepEqual([report.reached, failures(report)], ['none', ['E_LOG_PART']]);
    }
  });

  test('and a part that no line names is a file too many', async () => {
    const { files, part } = await largeBundle();
    const other = part.replace(/[0-9a-f]{64}/, 'a'.repeat(64));
    assert.deepEqual(failures(await verifyFiles(new Map(files).set(other, Buffer.from('1')))), ['E_BUNDLE']);
  });
});

test('golden logs of every version are read, to the same state as when they were made', () => {
  const golden = join(import.meta.dirname, '..', 'testing', 'golden');
  const read = readdirSync(golden).map((name) => {
    const files: Readonly<Record<string, string>> = JSON.parse(readFileSync(join(golden, name), 'utf8'));
    const get = (file: string): Uint8Array | undefined =>
      files[file] === undefined ? undefined : Buffer.from(files[file], 'base64');
    const log = readLog(get('events.jsonl') ?? new Uint8Array(), { get }, recorder());
    const state = fold(log?.events ?? []);
    return [name, new Set(log?.events.map(({ v }) => v)), state.status, state.measurements.length] as const;
  });
  assert.deepEqual(read, [
    ['judge-0.json', new Set([1]), 'ready', 7],
    ['log-2.json', new Set([2]), 'ready', 7],
  ]);
});
