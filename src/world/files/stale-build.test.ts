import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { staleBuild } from './stale-build.ts';

test('a build is stale where a source of its clone is newer, and the published package never is', (t) => {
  const clone = realpathSync(mkdtempSync(join(tmpdir(), 'omk-stale-')));
  t.after(() => rmSync(clone, { recursive: true }));
  const file = (path: string, at: number): string => {
    const whole = join(clone, path);
    mkdirSync(join(whole, '..'), { recursive: true });
    writeFileSync(whole, '');
    utimesSync(whole, at, at);
    return whole;
  };
  file('dist/omk.js', 2_000);
  const program = file('bin/omk.js', 1_000);
  assert.equal(staleBuild(program), null, 'no sources: the published package');
  file('src/domain/a.ts', 1_000);
  file('src/domain/a.test.ts', 3_000);
  assert.equal(staleBuild(program), null, 'tests are no part of a build');
  file('src/domain/deep/b.ts', 3_000);
  assert.equal(staleBuild(program), clone);
  symlinkSync(program, join(clone, 'omk'));
  assert.equal(staleBuild(join(clone, 'omk')), clone, 'by a link on the PATH');
  assert.equal(staleBuild(''), null);
});
