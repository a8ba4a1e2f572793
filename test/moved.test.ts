import assert from 'node:assert/strict';
import { cpSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createRepository } from '../src/world/git/repository/create.ts';
import { javascript } from './support/ecosystems.ts';
import { machine, parseRun, writeFiles } from './support/machine.ts';

const fix = { edit: { path: javascript.subject, find: javascript.bug, replace: javascript.fix } };

test('a repository that was moved takes its goals along, and a copy or another repository does not', async (t) => {
  const m = await machine(t, javascript.files);
  const agent = m.agent({ turns: [{ steps: [fix, { say: 'done' }] }] });
  const { goal } = parseRun(await m.omk(['run', '--json', '--agent', agent, 'Make the red test green']));
  const [copy, cwd, other] = ['a copy', 'moved here', 'other'].map((name) => join(m.dir, name)) as [
    string,
    string,
    string,
  ];
  cpSync(m.repository, copy, { recursive: true });
  const copied = await m.omk(['goal', 'adopt', goal], { cwd: copy });
  assert.equal(copied.code, 2);
  assert.match(copied.err, /still at .*NOT_MOVED/s);

  renameSync(m.repository, cwd);
  const none = await m.omk(['goal', 'list'], { cwd });
  assert.match(none.err, new RegExp(`omk goal adopt ${goal}`));
  const all = await m.omk(['goal', 'list', '--all'], { cwd });
  assert.match(all.out, /a project \(not there\)/);
  writeFiles(other, { 'a.txt': 'other' });
  await createRepository(other, 'Other');
  assert.match((await m.omk(['goal', 'adopt', goal], { cwd: other })).err, /ADOPT_MISMATCH/);

  const adopted = await m.omk(['goal', 'adopt', goal], { cwd });
  assert.equal(adopted.code, 0, adopted.err);
  assert.match(adopted.out, /^1 goal of .*a project is at .*moved here now/);
  assert.match((await m.omk(['goal', 'list'], { cwd })).out, new RegExp(goal));
  assert.match((await m.omk(['verify', 'latest'], { cwd })).out, /^verified to V1/);
  const applied = await m.omk(['goal', 'apply', '--merge'], { cwd });
  assert.equal(applied.code, 0, applied.err);

  const again = join(m.dir, 'moved again');
  renameSync(cwd, again);
  assert.equal((await m.omk(['goal', 'adopt', goal], { cwd: again })).code, 0);
  assert.equal((await m.omk(['goal', 'status'], { cwd: again })).code, 0);
});
