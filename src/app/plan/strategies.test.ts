import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { readLines, storiesPlan } from './strategies.ts';

function file(t: TestContext, content: string | Buffer): string {
  const dir = mkdtempSync(join(tmpdir(), 'omk-strategies-'));
  t.after(() => rmSync(dir, { recursive: true }));
  writeFileSync(join(dir, 'given'), content);
  return join(dir, 'given');
}

test('lines are read of text, not of other bytes', async (t) => {
  assert.equal(await readLines(file(t, 'one\ntwo\n')), 'one\ntwo\n');
  for (const content of [Buffer.from([0xff, 0xfe, 10]), 'a\0b\n'])
    await assert.rejects(readLines(file(t, content)), /is not text in UTF-8/);
});

test('stories say what they depend on in either word, and a circle is refused', async (t) => {
  const given = (userStories: readonly object[]): Promise<Awaited<ReturnType<typeof storiesPlan>>> =>
    storiesPlan(file(t, JSON.stringify({ userStories })), false);
  for (const word of ['dependencies', 'dependsOn']) {
    const { document } = await given([
      { id: 'a', title: 'A', [word]: ['b'] },
      { id: 'b', title: 'B' },
    ]);
    assert.deepEqual(
      document.tasks.map(({ needs }) => needs),
      [['t2'], []],
      word,
    );
    const circle = [
      { id: 'a', title: 'A', [word]: ['b'] },
      { id: 'b', title: 'B', [word]: ['a'] },
    ];
    await assert.rejects(given(circle), /task t1 waits for itself/);
  }
});
