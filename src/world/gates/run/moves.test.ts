import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { systemClock } from '../../clock/system.ts';
import { watchMoves, type Moves } from './moves.ts';

const FILES = ['packages/a/test/a.test.js', 'test/b.test.js', 'c.test.js'];

function checkout(t: TestContext): { readonly at: (path: string) => string; readonly moves: Moves } {
  const dir = mkdtempSync(join(tmpdir(), 'omk-moves-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  // As an earlier run in the same folder would leave it.
  writeFileSync(join(dir, 'last'), '');
  const at = (path: string): string => join(dir, 'checkout', path);
  for (const folder of ['packages/a/test', 'test']) mkdirSync(at(folder), { recursive: true });
  for (const path of FILES) writeFileSync(at(path), 'x');
  return { at, moves: watchMoves(systemClock, join(dir, 'checkout'), dir, FILES) };
}

suite('folders of tests that are moved while a gate runs', () => {
  test('one that is put aside and put back is told, and one around it too', async (t) => {
    const { at, moves } = checkout(t);
    renameSync(at('test'), at('aside'));
    renameSync(at('aside'), at('test'));
    renameSync(at('packages/a'), at('packages/b'));
    renameSync(at('packages/b'), at('packages/a'));
    assert.deepEqual(await moves.end(), ['packages/a', 'test']);
  });

  test('what is made, moved and removed beside them is not', async (t) => {
    const { at, moves } = checkout(t);
    mkdirSync(at('test/tmp'));
    renameSync(at('test/tmp'), at('test/tmp2'));
    rmSync(at('test/tmp2'), { recursive: true });
    writeFileSync(at('packages/a/test/snapshot'), 'x');
    assert.deepEqual(await moves.end(), []);
  });

  test('where more happens than the system remembers, nothing is said to be whole', async (t) => {
    const { at, moves } = checkout(t);
    for (let index = 0; index < 4100; index += 1) {
      writeFileSync(at('flood'), '');
      rmSync(at('flood'));
    }
    assert.equal(await moves.end(), null);
  });
});
