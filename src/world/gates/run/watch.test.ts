import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { watch } from './watch.ts';

function checkout(t: TestContext): { readonly dir: string; readonly at: (path: string) => string } {
  const dir = mkdtempSync(join(tmpdir(), 'omk-watch-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  mkdirSync(join(dir, 'test'));
  for (const path of ['test/a.test.js', 'test/b.test.js', 'ci.yml']) writeFileSync(join(dir, path), 'x');
  return { dir, at: (path) => join(dir, path) };
}

suite('what a run did to files', () => {
  test('a file that was written to and put back, or replaced, is told; one that was read is not', async (t) => {
    const { dir, at } = checkout(t);
    const kept = ['test/a.test.js', 'test/b.test.js', 'ci.yml'];
    const seen = watch(dir, dir, { kept, looked: [] });
    readFileSync(at('ci.yml'));
    assert.deepEqual(seen.rewritten(), []);
    renameSync(at('test/b.test.js'), at('test/c'));
    writeFileSync(at('test/b.test.js'), 'x');
    rmSync(at('test/a.test.js'));
    assert.deepEqual(seen.rewritten(), ['test/a.test.js', 'test/b.test.js']);
  });

  test('a file that was opened is told, also when it is new; one that only was listed is not', (t) => {
    const { dir, at } = checkout(t);
    const seen = watch(dir, dir, { kept: [], looked: ['ci.yml', 'test/a.test.js', 'gone'] });
    if (seen.opened() === null) return t.skip('this file system keeps no times of access');
    assert.deepEqual(seen.opened(), []);
    readFileSync(at('ci.yml'));
    assert.deepEqual(seen.opened(), ['ci.yml']);
  });

  test('what was opened before the first file of tests is told, and later again', async (t) => {
    const { dir, at } = checkout(t);
    const looked = ['ci.yml', 'test/a.test.js', 'test/b.test.js'];
    for (const _run of [1, 2]) {
      const seen = watch(dir, dir, { kept: [], looked });
      if (seen.before([]) === null && seen.opened() === null)
        return t.skip('this file system keeps no times of access');
      assert.equal(seen.before(looked.slice(1)), null, 'no test was opened');
      readFileSync(at('ci.yml'));
      // Times of access are as exact as the tick of the system.
      const end = performance.now() + 20;
      while (performance.now() < end);
      readFileSync(at('test/a.test.js'));
      readFileSync(at('ci.yml'));
      readFileSync(at('test/b.test.js'));
      assert.deepEqual(seen.before(looked.slice(1)), ['ci.yml']);
    }
  });
});
