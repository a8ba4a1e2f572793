import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { NEW_SESSION } from '../../domain/hooks/decide.ts';
import { openHookSessions } from './hook-sessions.ts';

test('a session is kept in a private file, and forgotten after a month', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'omk-hook-sessions-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const sessions = openHookSessions(dir);
  await sessions.forget(0);
  assert.deepEqual(await sessions.read('../one'), NEW_SESSION);
  const kept = { ...NEW_SESSION, root: '/p', base: 'b', rounds: 2, given: ['a'] };
  await sessions.keep('../one', kept);
  assert.deepEqual(await sessions.read('../one'), kept);
  const [name = ''] = readdirSync(join(dir, 'hooks'));
  const file = join(dir, 'hooks', name);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  for (const broken of ['{', '[]', '{"rounds":-1,"given":[1],"base":7}']) {
    writeFileSync(file, broken);
    assert.deepEqual(await sessions.read('../one'), NEW_SESSION, broken);
  }
  const day = 24 * 60 * 60;
  utimesSync(file, 31 * day, 31 * day);
  await sessions.forget(60 * day * 1000);
  assert.equal(readdirSync(join(dir, 'hooks')).length, 1);
  await sessions.forget(62 * day * 1000);
  assert.equal(readdirSync(join(dir, 'hooks')).length, 0);
});
