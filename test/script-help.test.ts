import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, test } from 'node:test';

const ROOT = join(import.meta.dirname, '..');

describe('a long script says what it does before it does it', () => {
  for (const [script, wrong] of [
    ['bench/run.ts', 'no-such-part'],
    ['test/corpus/main.ts', '--no-such-option'],
  ] as const) {
    const run = (argument: string) =>
      spawnSync(process.execPath, [join(ROOT, script), argument], { cwd: ROOT, encoding: 'utf8' });

    test(`${script} --help prints usage, and a mistake is one line`, () => {
      const helped = run('--help');
      assert.deepEqual([helped.status, helped.stderr], [0, '']);
      assert.match(helped.stdout, /^npm run \w+ -- \[/);
      const mistaken = run(wrong);
      assert.deepEqual([mistaken.status, mistaken.stdout], [2, '']);
      assert.equal(mistaken.stderr.trimEnd().split('\n').length, 1);
      assert.match(mistaken.stderr, new RegExp(wrong));
    });
  }
});
