import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { javascript } from './support/ecosystems.ts';
import { machine, parseRun, until } from './support/machine.ts';
import { call, failureOf, newest, signed } from './support/spending.ts';
import { sharedRuns } from './support/shared-runs.ts';
import { slow } from '../src/world/gates/testing/tools.ts';

const runs = sharedRuns();

const fix = { edit: { path: javascript.subject, find: javascript.bug, replace: javascript.fix } };
test('a usage limit with a reset time is a wait and no failure; one past the maximum ends the goal', async (t) => {
  const m = await machine(t, javascript.files, { runs });
  const limit = (text: string) => ({ error: { code: -32_603, message: text } });
  const agent = m.agent({
    turns: [
      { steps: [limit('429 usage limit: try again in 2 s')] },
      { steps: [limit('429 usage limit: try again in 1 s')] },
      { steps: [fix, { say: 'done' }] },
    ],
  });
  const run = parseRun(
    await m.omk([
      'run',
      '--json',
      '--max-turns',
      '1',
      '--max-attempts',
      '1',
      '--agent',
      agent,
      'Make the red test green',
    ]),
  );
  assert.equal(run.status, 'ready');
  assert.deepEqual(
    run.events.filter((event) => event.type === 'wait.started').map((event) => event.data?.['told']),
    ['agent', 'agent'],
  );
  const far = parseRun(
    await m.omk([
      'run',
      '--json',
      '--max-wait',
      '1m',
      '--agent',
      m.agent({ turns: [{ steps: [limit('429 Too Many Requests, retry after 3600 s')] }] }, 'far'),
      'Make the red test green',
    ]),
  );
  assert.equal(far.status, 'blocked_on_external');
  assert.equal(failureOf(far.events).code, 'AGENT_USAGE_LIMIT');
});

test('while one agent waits for its usage limit, another goes on with its own goal', { skip: slow }, async (t) => {
  const m = await machine(t, javascript.files, { runs });
  const limited = m.agent(
    { turns: [{ steps: [{ error: { code: -32_603, message: '429 usage limit: try again in 3600 s' } }] }] },
    'limited',
  );
  const child = m.start([
    'run',
    '--json',
    '--agent',
    limited,
    'Make the red test green, with an agent that has a limit',
  ]);
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  await until(() => text.includes('"wait.started"'), 'the wait');
  const free = parseRun(
    await m.omk([
      'run',
      '--json',
      '--agent',
      m.agent({ turns: [{ steps: [fix, { say: 'done' }] }] }, 'free'),
      'Make the red test green',
    ]),
  );
  assert.equal(free.status, 'ready');
  assert.ok(!text.includes('"wait.ended"'), 'the first still waits');
  child.kill('SIGINT');
  assert.equal(await closed, 130);
});

test(
  'an agent that claims an absurd sum, or tells without end, ends its own turn and nothing else',
  { skip: slow },
  async (t) => {
    const m = await machine(t, javascript.files, { runs });
    const absurd = parseRun(
      await m.omk([
        'run',
        '--json',
        '--budget-usd',
        '1',
        '--agent',
        m.agent({ turns: [{ steps: [call(1, 1, { cost_usd: 1e300 }), { hang: {} }] }] }, 'absurd'),
        'Make the red test green',
      ]),
    );
    assert.equal(absurd.status, 'needs_more_budget');
    const report = JSON.parse((await m.omk(['goal', 'budget', absurd.goal, '--json'])).out);
    assert.deepEqual([report.estimated_cost_usd, report.remaining_budget_usd], [1e300, 0]);
    const steps = [...Array.from({ length: 10_001 }, () => call(1, 0)), { hang: {} }];
    const flood = parseRun(
      await m.omk([
        'run',
        '--json',
        '--max-attempts',
        '1',
        '--agent',
        m.agent({ turns: [{ steps }] }, 'flood'),
        'Make the red test green',
      ]),
    );
    assert.match(
      JSON.stringify(flood.events.find((event) => event.type === 'turn.ended')?.data?.['outcome']),
      /more often than any turn does/,
    );
    const told = flood.events.filter((event) => event.type === 'usage.recorded').length;
    assert.ok(told >= 10_001 && told <= 10_003, `${told} reports, the rest is one that says it is not known`);
  },
);

test(
  '65,536 tokens declared, and an agent that keeps going: at most one model call goes past the limit, as the proof says',
  { skip: slow },
  async (t) => {
    const m = await machine(t, javascript.files, { runs });
    const config = join(m.env['XDG_CONFIG_HOME'] ?? '', 'omk');
    mkdirSync(config, { recursive: true });
    writeFileSync(join(config, 'config.toml'), '[agents.scripted]\nreport_tokens = 20500\n');
    const steps = Array.from({ length: 30 }, () => [call(20_000, 500), { wait: 800 }]).flat();
    const run = parseRun(
      await m.omk([
        'run',
        '--json',
        '--budget-tokens',
        '65536',
        '--agent',
        m.agent({ turns: [{ steps }] }),
        'Make the red test green',
      ]),
    );
    assert.equal(run.status, 'needs_more_budget');
    const bound = signed(m.state, run.goal).overshoot.tokens;
    assert.deepEqual(bound, { per: 'call', atMost: '20500' });
    const report = JSON.parse((await m.omk(['goal', 'budget', run.goal, '--json'])).out);
    assert.ok(report.used_tokens - 65_536 <= Number(bound.atMost), `${report.used_tokens} tokens`);
    assert.deepEqual(report.overshoot, {
      attempts: 1,
      stopped_within_secs: 5,
      tokens: { per: 'call', at_most: 20_500 },
    });
    assert.match(
      (await m.omk(['goal', 'budget', run.goal])).out,
      new RegExp(
        String.raw`tokens +82,000 +of 65,536 +\[#{20}\] 100 % +0 left[^]` +
          String.raw`*overshoot: past the token limit by at most one model call: 20500 tokens, as declared`,
      ),
    );
    const md = await m.omk(['goal', 'budget', run.goal, '--format', 'md']);
    assert.match(md.out, /\| tokens \| 82,000 \| 65,536 \| 0 left \|/);
  },
);

test(
  'killed with -9 in the middle of a turn and resumed, usage is counted once',
  { skip: process.platform === 'linux' ? false : 'needs /proc' },
  async (t) => {
    const m = await machine(t, javascript.files, { runs });
    const agent = m.agent({
      turns: [
        { steps: [call(100, 10), call(200, 20), { hang: {} }] },
        { steps: [call(1000, 1), fix, { say: 'done' }] },
      ],
    });
    const child = m.start(['run', '--json', '--agent', agent, 'Make the red test green']);
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    const closed = new Promise((resolve) => child.on('close', resolve));
    await until(() => text.includes('"usage.recorded"'), 'the first call');
    child.kill('SIGKILL');
    await closed;
    const goal = await newest(m);
    const run = parseRun(await m.omk(['goal', 'resume', goal, '--json']));
    assert.equal(run.status, 'ready');
    const report = JSON.parse((await m.omk(['goal', 'budget', goal, '--json'])).out);
    assert.deepEqual([report.used_tokens, report.spent_tokens], [1331, 1331]);
    const proof = JSON.parse(readFileSync(join(m.state, 'goals', goal, 'proof.json'), 'utf8'));
    assert.equal(proof.budget.used_tokens, 1331);
    assert.match(proof.budget.bound, /^a turn is stopped within 5 s/, 'no limit that could be passed');
    assert.equal(proof.budget.checkpoints[0].label, 'goal_created');
  },
);
