import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { BEHAVIOURS } from './corpus/behaviours.ts';
import { absent, isWrong, play, renderPeers, type End, type Tool } from './corpus/peers.ts';

/** A tool that believes the exit code of `npm test` after the change, and nothing else. */
const naive: Tool = {
  name: 'naive',
  needs: null,
  async play({ run, script }) {
    await run('sh', [script]);
    return (await run('npm', ['test'])).code === 0 ? 'success' : 'refused';
  },
};

test('what believes an exit code is wrong about four of six ways to look done, and the table says which', async () => {
  const ends: End[] = [];
  for (const behaviour of BEHAVIOURS) ends.push(await play(naive, behaviour));
  const wrong = BEHAVIOURS.filter((each, index) => isWrong(each, ends[index] ?? 'broken')).map(({ name }) => name);
  assert.deepEqual(wrong, ['deleted test', 'skipped test', 'exit(0)', 'faked script']);
  const gone: Tool = { ...naive, name: 'other', needs: 'omk-test-no-such-tool' };
  const why = absent(gone) ?? '';
  const table = renderPeers(BEHAVIOURS, [{ tool: naive.name, ends }], [{ tool: gone.name, why }]);
  assert.match(table, /^\| behaviour \| naive \|$/m);
  assert.match(table, /^\| honest fix \| done \|$/m);
  assert.match(table, /^\| deleted test \| \*\*done\*\* \|$/m);
  assert.match(table, /^\| wrong \| 4 of 7 \|$/m);
  assert.match(table, /^skipped other: `omk-test-no-such-tool` is not installed$/m);
});

test('each behaviour changes what it names', () => {
  for (const { name, writes } of BEHAVIOURS)
    for (const [path, text] of Object.entries(writes)) {
      const file = join(import.meta.dirname, '..', 'corpus', 'bases', 'javascript', 'node-test', 'repository', path);
      assert.notEqual(text, readFileSync(file, 'utf8'), name);
    }
});
