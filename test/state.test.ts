import { slow } from '../src/world/gates/testing/tools.ts';
import assert from 'node:assert/strict';
import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { change, makeAncestor, TO_UNMARKED } from '../src/store/testing/former.ts';
import { javascript } from './support/ecosystems.ts';
import { listing, machine, parseRun, writeFiles } from './support/machine.ts';
import { sharedRuns } from './support/shared-runs.ts';

const runs = sharedRuns();

const fix = { edit: { path: javascript.subject, find: javascript.bug, replace: javascript.fix } };
const scenario = { turns: [{ steps: [fix, { say: 'done' }] }] };

test('a state directory that omk 0.5.0 uses too: neither hinders the other', async (t) => {
  const m = await machine(t, javascript.files, { runs });
  const theirs = join(m.state, 'omk.db');
  makeAncestor(theirs);
  const before = readFileSync(theirs);
  const none = await m.omk(['goal', 'list']);
  assert.equal(none.code, 0, none.err);
  const run = parseRun(await m.omk(['run', '--json', '--agent', m.agent(scenario), 'Make the red test green']));
  assert.equal(run.status, 'ready');
  assert.ok(before.equals(readFileSync(theirs)));
});

test(
  'goals from before omk marked its database are still there, also where 0.5.0 wrote into it',
  { skip: slow },
  async (t) => {
    const m = await machine(t, javascript.files, { runs });
    const { goal } = parseRun(await m.omk(['run', '--json', '--agent', m.agent(scenario), 'Make the red test green']));
    change(join(m.state, 'goals.db'), TO_UNMARKED);
    renameSync(join(m.state, 'goals.db'), join(m.state, 'omk.db'));
    makeAncestor(join(m.state, 'omk.db'));
    const verified = await m.omk(['verify', goal]);
    assert.equal(verified.code, 0, verified.out + verified.err);
    assert.match((await m.omk(['goal', 'list'])).out, new RegExp(goal));
  },
);

test("another program's database in the place of omk's is said to be foreign", async (t) => {
  const m = await machine(t, javascript.files, { runs });
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

test('goals of omk 0.5.0 are imported as history, from folders and database, and nothing of it changes', async (t) => {
  const m = await machine(t, javascript.files, { runs });
  const [first, second] = ['goal-20260601-101500-123-abcdef01', 'goal-20260602-101500-123-abcdef02'] as const;
  const theirs = join(m.dir, 'home', '.omk', 'state');
  const goal = {
    goal_id: first,
    original_goal: 'Make it fast\u001b[31m',
    status: 'not_ready',
    phase: 'proof',
    created_at: '2026-06-01T10:15:00.123Z',
    updated_at: '2026-06-01T11:00:00Z',
    budget_time: '8h',
    budget_tokens: 100_000,
    budget_usd: 0.29,
  };
  const checkpoint = {
    label: 'verify_completed',
    elapsed_since_created_secs: 60,
    used_tokens: 5,
    estimated_cost_usd: 0.01,
  };
  writeFiles(join(theirs, 'goals', first), {
    'goal.json': JSON.stringify(goal),
    'events.jsonl':
      `${JSON.stringify({ ts: '2026-06-01T10:15:01Z', kind: 'gate_failed', actor: null, payload: { name: 'test' } })}` +
      `\nbroken\n`,
    'budget-checkpoints.jsonl': `${JSON.stringify(checkpoint)}\n`,
  });
  writeFiles(join(theirs, 'goals', 'goal-..'), { 'goal.json': '{}' });
  makeAncestor(
    join(theirs, 'omk.db'),
    `INSERT INTO goals VALUES ('${second}', 'running', 'execution', 'Make it small', '1h', 10, 28, 1780000000, 1780000060);
     INSERT INTO goals VALUES ('${first}', 'running', 'execution', 'stale', NULL, NULL, NULL, 1, 1);`,
  );
  const before = listing(theirs);

  const doctor = await m.omk(['doctor', '--quick']);
  assert.match(doctor.out, /^ok +omk 0\.5\.0: 2 goals of it in .*not imported.*\n +omk import 0\.5\.0 --from /m);
  const imported = JSON.parse((await m.omk(['import', '0.5.0', '--json'])).out);
  assert.deepEqual(
    imported.goals.map((each: { goal: string; status: string; budget: { usd: number } }) => [
      each.goal,
      each.status,
      each.budget.usd,
    ]),
    [
      [second, 'running', 0.28],
      [first, 'not_ready', 0.29],
    ],
  );
  assert.deepEqual(listing(theirs), before);
  assert.doesNotMatch((await m.omk(['doctor', '--quick'])).out, /0\.5\.0/, 'all of them are imported');
  const list = await m.omk(['goal', 'list', '--imported']);
  assert.match(list.out, /Make it small/);
  assert.ok(!list.out.includes('\u001b'));
  const shown = await m.omk(['goal', 'show', first]);
  assert.match(shown.out, /gate_failed .*"name":"test"/);
  assert.match(shown.out, /time 8h, tokens 100000, dollars 0.29/);
  assert.match(shown.out, /60 s, 5 tokens, 0.01 dollars/);
  assert.match(shown.out, /1, and 1 lines that cannot be read/);
  const resumed = await m.omk(['goal', 'resume', first]);
  assert.equal(resumed.code, 2);
  assert.match(resumed.err, /GOAL_OF_0_5_0/);
  const nothing = await m.omk(['import', '0.5.0', '--from', m.repository]);
  assert.equal(nothing.code, 2);
  assert.match(nothing.err, /IMPORT_NOTHING/);
});
