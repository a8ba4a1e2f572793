import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { javascript } from './support/ecosystems.ts';
import { machine, parseRun, type Event } from './support/machine.ts';

const fix = { edit: { path: javascript.subject, find: javascript.bug, replace: javascript.fix } };
const call = (input: number, output: number, more: object = {}): unknown => ({ usage: { input, output, told: 'call', ...more } });
const last = (events: readonly Event[], type: string): Readonly<Record<string, unknown>> | undefined => events.findLast((event) => event.type === type)?.data;

test('tokens crossed in the middle of a turn stop it within 5 s, keep its work and end in needs_more_budget; more budget goes on in the same session', async (t) => {
  const m = await machine(t, javascript.files);
  const agent = m.agent({
    turns: [
      { steps: [call(30_000, 1_000), { write: { path: 'half.txt', content: 'half\n' } }, { wait: 300 }, call(30_000, 5_000), { hang: {} }] },
      { steps: [call(100, 10), fix, { say: 'done' }] },
    ],
  });
  const began = Date.now();
  const ran = await m.omk(['run', '--json', '--budget-tokens', '65536', '--agent', agent, 'Make the red test green']);
  const run = parseRun(ran);
  assert.equal(ran.code, 5, ran.out + ran.err);
  assert.equal(run.status, 'needs_more_budget');
  const crossed = run.events.findLast((event) => event.type === 'usage.recorded');
  const ended = run.events.find((event) => event.type === 'turn.ended');
  assert.ok(Date.parse(String(ended?.['ts'])) - Date.parse(String(crossed?.['ts'])) < 5000, `${Date.now() - began} ms in all`);
  assert.equal(last(run.events, 'turn.ended')?.['outcome'] instanceof Object, true);
  assert.ok(run.events.some((event) => event.type === 'snapshot.taken'), 'the work is kept');
  const failure = last(run.events, 'goal.ended')?.['failure'] as { text: string };
  assert.equal(failure.text, `Goal '${run.goal}' needs more budget before running \`verify\` (tokens exhausted: budget_tokens=65536, used_tokens=66000)`);

  const again = await m.omk(['goal', 'resume', run.goal, '--json']);
  assert.equal(again.code, 5, 'without more budget it stops again');
  const added = await m.omk(['goal', 'budget-add', run.goal, '--tokens', '100000', '--json']);
  assert.equal(added.code, 0, added.err);
  const event = JSON.parse(added.out);
  assert.equal(event.new_budget_tokens, 166_000);
  assert.equal(event.status, 'not_ready');
  const resumed = parseRun(await m.omk(['goal', 'resume', run.goal, '--json']));
  assert.equal(resumed.status, 'ready');
  const report = JSON.parse((await m.omk(['goal', 'budget', run.goal, '--json'])).out);
  assert.equal(report.used_tokens, 66_110);
  assert.equal(report.spent_tokens, 66_110);
  assert.equal((await m.omk(['verify', run.goal])).code, 0);
  const sessions = readFileSync(join(m.state, 'goals', run.goal, 'cost.jsonl'), 'utf8').trim().split('\n');
  assert.ok(sessions.length >= 1 && existsSync(join(m.state, 'goals', run.goal, 'budget-events.jsonl')));
});
