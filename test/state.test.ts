import assert from 'node:assert/strict';
import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { change, makeAncestor } from '../src/store/testing/former.ts';
import { javascript } from './support/ecosystems.ts';
import { machine, parseRun } from './support/machine.ts';

const fix = { edit: { path: javascript.subject, find: javascript.bug, replace: javascript.fix } };
const scenario = { turns: [{ steps: [fix, { say: 'done' }] }] };

test('a state directory that omk 0.5.0 uses too: neither hinders the other', async (t) => {
  const m = await machine(t, javascript.files);
  const theirs = join(m.state, 'omk.db');
  makeAncestor(theirs);
  const before = readFileSync(theirs);
  const none = await m.omk(['goal', 'list']);
  assert.equal(none.code, 0, none.err);
  const run = parseRun(await m.omk(['run', '--json', '--agent', m.agent(scenario), 'Make the red test green']));
  assert.equal(run.status, 'ready');
  assert.ok(before.equals(readFileSync(theirs)));
});

test('goals from before omk marked its database are still there, also where 0.5.0 wrote into it', async (t) => {
  const m = await machine(t, javascript.files);
  const { goal } = parseRun(await m.omk(['run', '--json', '--agent', m.agent(scenario), 'Make the red test green']));
  change(join(m.state, 'goals.db'), 'PRAGMA application_id = 0; PRAGMA wal_checkpoint(TRUNCATE)');
  renameSync(join(m.state, 'goals.db'), join(m.state, 'omk.db'));
  makeAncestor(join(m.state, 'omk.db'));
  const verified = await m.omk(['verify', goal]);
  assert.equal(verified.code, 0, verified.out + verified.err);
  assert.match((await m.omk(['goal', 'list'])).out, new RegExp(goal));
});

test("another program's database in the place of omk's is said to be foreign", async (t) => {
  const m = await machine(t, javascript.files);
  change(join(m.state, 'goals.db'), 'CREATE TABLE photo (name TEXT)');
  for (const args of [
    ['goal', 'list'],
    ['run', '--agent', m.agent(scenario), 'Make the red test green'],
  ]) {
    const ran = await m.omk(args);
    assert.equal(ran.code, 6);
    assert.match(ran.err, /belongs to another program.*\n.*STORE_FOREIGN/);
  }
});
