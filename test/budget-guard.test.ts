import { slow } from '../src/world/gates/testing/tools.ts';
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { javascript } from './support/ecosystems.ts';
import { machine, parseRun, type Machine } from './support/machine.ts';

const fix = { edit: { path: javascript.subject, find: javascript.bug, replace: javascript.fix } };
const used = (input: number, told: 'call' | 'turn'): unknown => ({ usage: { input, output: 0, told } });
const GOAL = 'Make the red test green';

/** What stopped a goal with 1000 tokens, as its last event says. */
async function stoppedBefore(
  m: Machine,
  budget: readonly string[],
  steps: readonly unknown[],
  name: string,
): Promise<string> {
  const run = parseRun(
    await m.omk(['run', '--json', ...budget, '--agent', m.agent({ turns: [{ steps }] }, name), GOAL]),
  );
  assert.equal(run.status, 'needs_more_budget');
  const failure: unknown = run.events.findLast((event) => event.type === 'goal.ended')?.data?.['failure'];
  const exhausted = run.events.findLast((event) => event.type === 'budget.exhausted')?.data;
  const sentence = String(Object(failure).text);
  assert.ok(sentence.includes(`running \`${String(exhausted?.['action'])}\``), sentence);
  return String(exhausted?.['action']);
}

suite('the guard stands before', () => {
  test('the plan: a goal without any budget does not even run its gates', async (t) => {
    const m = await machine(t, javascript.files);
    assert.equal(await stoppedBefore(m, ['--budget-time', '0s'], [fix], 'plan'), 'plan');
  });

  test('an attempt: what the one before it used up starts no other', async (t) => {
    const m = await machine(t, javascript.files);
    assert.equal(
      await stoppedBefore(m, ['--budget-tokens', '1000'], [used(1000, 'turn'), { say: 'done' }], 'execute'),
      'execute',
    );
  });

  test('a turn: one that was stopped is not continued', async (t) => {
    const m = await machine(t, javascript.files);
    assert.equal(
      await stoppedBefore(m, ['--budget-tokens', '1000'], [used(1000, 'call'), { hang: {} }], 'turn'),
      'turn',
    );
  });

  test('the gates: what a turn used up judges nothing', async (t) => {
    const m = await machine(t, javascript.files);
    assert.equal(
      await stoppedBefore(m, ['--budget-tokens', '1000'], [used(1000, 'turn'), fix, { say: 'done' }], 'verify'),
      'verify',
    );
  });
});

/** An agent of our own that does not care for cancels: it tells what each call used until it is killed. */
const DEAF = `
import { createInterface } from 'node:readline';
const send = (message) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\\n');
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method } = JSON.parse(line);
  if (method === 'initialize') send({ id, result: { protocolVersion: 1, agentCapabilities: {}, authMethods: [] } });
  if (method === 'session/new') send({ id, result: { sessionId: 'deaf' } });
  if (method !== 'session/prompt') return;
  const usage = { inputTokens: 20000, outputTokens: 500, totalTokens: 20500 };
  setInterval(() => send({ method: 'session/update', params: { sessionId: 'deaf', update: { sessionUpdate: 'agent_message_chunk',\
 content: { type: 'text', text: 'on and on' }, _meta: { usage } } } }), 400);
});
process.stdin.on('end', () => undefined);
process.on('SIGTERM', () => undefined);
setInterval(() => undefined, 1000);
`;

test('an agent that goes on after it was told to stop is dead within 5 s of the crossed limit', async (t) => {
  const m = await machine(t, javascript.files, { sandbox: 'none' });
  const program = join(m.dir, 'deaf.mjs');
  writeFileSync(program, DEAF);
  const run = parseRun(
    await m.omk(['run', '--json', '--budget-tokens', '65536', '--agent', `'${process.execPath}' '${program}'`, GOAL]),
  );
  assert.equal(run.status, 'needs_more_budget', JSON.stringify(run.events.at(-1)));
  let tokens = 0;
  const crossed = run.events.find(
    (event) =>
      event.type === 'usage.recorded' &&
      (tokens += Number(event.data?.['inputTokens']) + Number(event.data?.['outputTokens'])) >= 65_536,
  );
  const ended = run.events.find((event) => event.type === 'turn.ended');
  const took = Date.parse(String(ended?.['ts'])) - Date.parse(String(crossed?.['ts']));
  assert.ok(took < 5000, `${took} ms`);
  assert.equal(tokens, 82_000, 'the call that crosses it is the fourth');
  const report = JSON.parse((await m.omk(['goal', 'budget', run.goal, '--json'])).out);
  assert.deepEqual(report.overshoot.tokens, { per: 'call', unbounded: 'report_tokens is not set for the agent' });
  assert.ok(
    report.used_tokens >= 82_000 && report.used_tokens <= 82_000 + 20_500 * Math.ceil(took / 400),
    `${report.used_tokens} tokens: what it told until it was dead counts`,
  );
});

test(
  '65,536 tokens declared, and an agent that tells them only when its turn ends: one turn goes past the ' +
    'limit, and nothing is promised',
  async (t) => {
    const m = await machine(t, javascript.files);
    const run = parseRun(
      await m.omk([
        'run',
        '--json',
        '--budget-tokens',
        '65536',
        '--agent',
        m.agent({
          turns: [
            { steps: [used(60_000, 'turn'), { write: { path: 'half.txt', content: 'half\n' } }] },
            { steps: [used(300_000, 'turn'), fix] },
          ],
          then: 'repeat_last',
        }),
        GOAL,
      ]),
    );
    assert.equal(run.status, 'needs_more_budget');
    assert.equal(run.events.filter((event) => event.type === 'turn.ended').length, 2);
    const report = JSON.parse((await m.omk(['goal', 'budget', run.goal, '--json'])).out);
    assert.deepEqual(
      [report.used_tokens, report.overshoot.tokens],
      [360_000, { per: 'turn', unbounded: 'report_tokens is not set for the agent' }],
    );
  },
);

test(
  'a declared largest report makes the bound a number from the start, in the report and in the proof',
  { skip: slow },
  async (t) => {
    const m = await machine(t, javascript.files);
    const config = join(m.env['XDG_CONFIG_HOME'] ?? '', 'omk');
    mkdirSync(config, { recursive: true });
    writeFileSync(join(config, 'config.toml'), `[agents.scripted]\nreport_tokens = 262144\nreport_usd = 0.5\n`);
    const run = parseRun(
      await m.omk([
        'run',
        '--json',
        '--budget-tokens',
        '65536',
        '--budget-usd',
        '2',
        '--agent',
        m.agent({ turns: [{ steps: [used(100, 'call'), fix, { say: 'done' }] }] }),
        GOAL,
      ]),
    );
    assert.equal(run.status, 'ready');
    const { overshoot } = JSON.parse((await m.omk(['goal', 'budget', run.goal, '--json'])).out);
    assert.deepEqual(overshoot, {
      attempts: 1,
      stopped_within_secs: 5,
      tokens: { per: 'call', at_most: 262_144 },
      usd: { per: 'unknown', unbounded: 'the agent does not report all of its usage' },
    });
    const { predicate } = JSON.parse(
      Buffer.from(
        JSON.parse(readFileSync(join(m.state, 'goals', run.goal, 'proof', 'budget.dsse.json'), 'utf8')).payload,
        'base64',
      ).toString(),
    );
    assert.deepEqual(
      [predicate.overshoot.tokens, predicate.largestReport],
      [
        { per: 'call', atMost: '262144' },
        { tokens: '262144', picoUsd: '500000000000' },
      ],
    );
    assert.equal((await m.omk(['verify', run.goal])).code, 0);
  },
);
