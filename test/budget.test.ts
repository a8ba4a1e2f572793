import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { javascript } from './support/ecosystems.ts';
import { machine, parseRun, until, type Event } from './support/machine.ts';
import { call, failureOf, last, newest, signed } from './support/spending.ts';
import { sharedRuns } from './support/shared-runs.ts';
import { slow } from '../src/world/gates/testing/tools.ts';

const runs = sharedRuns();

const fix = { edit: { path: javascript.subject, find: javascript.bug, replace: javascript.fix } };
const sessionsOf = (events: readonly Event[]): readonly unknown[] =>
  events.filter((event) => event.type === 'session.opened').map((event) => event.data?.['session']);

const tracked = (path: string): readonly { readonly goal_id: string; readonly name: string }[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

test(
  'tokens crossed in the middle of a turn stop it within 5 s, keep its work and end in needs_more_budget; ' +
    'more budget goes on in the same session',
  async (t) => {
    const m = await machine(t, javascript.files, { runs });
    const agent = m.agent({
      turns: [
        {
          steps: [
            call(30_000, 1_000),
            { write: { path: 'half.txt', content: 'half\n' } },
            { wait: 300 },
            call(30_000, 5_000),
            { hang: {} },
          ],
        },
        { steps: [call(100, 10), fix, { say: 'done' }] },
      ],
    });
    const began = Date.now();
    const tracker = join(m.dir, 'spending', 'cost.jsonl');
    const ran = await m.omk([
      'run',
      '--json',
      '--budget-tokens',
      '65536',
      '--cost-tracker',
      tracker,
      '--agent',
      agent,
      'Make the red test green',
    ]);
    const run = parseRun(ran);
    assert.equal(ran.code, 5, ran.out + ran.err);
    assert.equal(run.status, 'needs_more_budget');
    const crossed = run.events.findLast((event) => event.type === 'usage.recorded');
    const ended = run.events.find((event) => event.type === 'turn.ended');
    assert.ok(
      Date.parse(String(ended?.['ts'])) - Date.parse(String(crossed?.['ts'])) < 5000,
      `${Date.now() - began} ms in all`,
    );
    assert.equal(last(run.events, 'turn.ended')?.['outcome'] instanceof Object, true);
    assert.ok(
      run.events.some((event) => event.type === 'snapshot.taken'),
      'the work is kept',
    );
    const failure = failureOf(run.events);
    assert.equal(
      failure.text,
      `Goal '${run.goal}' needs more budget before running \`turn\` (tokens exhausted: budget_tokens=65536, used_tokens=66000)`,
    );

    const stored = () => JSON.parse(readFileSync(join(m.state, 'goals', run.goal, 'goal.json'), 'utf8'));
    assert.deepEqual(
      [stored().status, stored().completedAt],
      ['needs_more_budget', run.events.find((each) => each.type === 'goal.ended')?.['ts']],
    );

    assert.deepEqual(
      [stored().budget_tokens, stored().phase, stored().completed_at, stored().cost_tracker_path],
      [65_536, 'execution', stored().completedAt, tracker],
    );
    assert.equal(existsSync(tracker), false, 'the session can be continued');

    const again = await m.omk(['goal', 'resume', run.goal, '--json']);
    assert.equal(again.code, 5, 'without more budget it stops again');
    const before = JSON.parse((await m.omk(['goal', 'proof', run.goal, '--json'])).out);
    assert.deepEqual([before.of.status, before.of.laterEvents], ['needs_more_budget', 0]);
    const added = await m.omk(['goal', 'budget-add', run.goal, '--tokens', '100000', '--json']);
    assert.equal(added.code, 0, added.err);
    const event = JSON.parse(added.out);
    assert.equal(event.new_budget_tokens, 166_000);
    assert.equal(event.status, 'not_ready');
    assert.deepEqual([stored().status, stored().completedAt], ['not_ready', null], 'it can be continued');
    assert.deepEqual([stored().budget_tokens, 'completed_at' in stored()], [166_000, false], 'as it is now');
    assert.match(
      (await m.omk(['goal', 'proof', run.goal])).out,
      /^not_ready .*\n.*\n {2}of +needs_more_budget at .*: what came after it, such as more budget, is not in this proof/,
    );
    assert.equal((await m.omk(['verify', run.goal])).code, 5, 'the proof of before is still whole');
    const resumed = parseRun(await m.omk(['goal', 'resume', run.goal, '--json']));
    assert.equal(resumed.status, 'ready');
    assert.deepEqual(
      sessionsOf(resumed.events).slice(0, 1),
      sessionsOf(run.events),
      'the agent goes on in the session it had',
    );
    const report = JSON.parse((await m.omk(['goal', 'budget', run.goal, '--json'])).out);
    assert.equal(report.used_tokens, 66_110);
    assert.equal(report.spent_tokens, 66_110);
    assert.deepEqual(
      [report.latest.status, report.latest.phase],
      ['ready', 'proof'],
      'the last one has the final status',
    );
    assert.deepEqual(
      tracked(tracker).map(({ goal_id, name }) => [goal_id, name]),
      [[run.goal, 'attempt-1']],
      'the session is there once, when it cannot go on',
    );
    const labels = report.checkpoints.map((each: { label: string }) => each.label);
    assert.deepEqual(
      [...new Set(labels)],
      [
        'goal_created',
        'execute_completed',
        'budget_exhausted',
        'goal_resumed',
        'budget_extended',
        'verify_completed',
        'integration_decision',
      ],
    );
    assert.deepEqual(
      signed(m.state, run.goal).checkpoints.map((each) => each.label),
      labels,
      'every one is signed',
    );
    assert.equal((await m.omk(['verify', run.goal])).code, 0);
    const sessions = readFileSync(join(m.state, 'goals', run.goal, 'cost.jsonl'), 'utf8')
      .trim()
      .split('\n');
    assert.ok(sessions.length >= 1 && existsSync(join(m.state, 'goals', run.goal, 'budget-events.jsonl')));
  },
);

test('two budget-add at once while the goal runs are both counted, and do not stop it', { skip: slow }, async (t) => {
  const m = await machine(t, javascript.files, { runs });
  const agent = m.agent({
    turns: [
      { steps: [{ write: { path: 'half.txt', content: 'half\n' } }, { hang: { ignore_cancel: true } }] },
      { steps: [fix, { say: 'done' }] },
    ],
  });
  const child = m.start([
    'run',
    '--json',
    '--budget-time',
    '1d',
    '--budget-tokens',
    '10',
    '--agent',
    agent,
    'Make the red test green',
  ]);
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  await until(() => text.includes('"session.opened"'), 'the session');
  const goal = /"goal":"(g-[^"]+)"/.exec(text)?.[1] ?? (await newest(m));
  const [one, two] = await Promise.all([
    m.omk(['goal', 'budget-add', goal, '--tokens', '5']),
    m.omk(['goal', 'budget-add', goal, '--tokens', '7']),
  ]);
  assert.deepEqual([one.code, two.code], [0, 0], one.err + two.err);
  const report = JSON.parse((await m.omk(['goal', 'budget', goal, '--json'])).out);
  assert.equal(report.budget_tokens, 22, 'both of two at once are counted');
  child.kill('SIGINT');
  assert.equal(await closed, 130);
  const latest = async () => JSON.parse((await m.omk(['goal', 'budget', goal, '--json'])).out).latest;
  const paused = await latest();
  assert.deepEqual([paused.label, paused.status, paused.budget_tokens], ['goal_paused', 'paused', 22]);
  await m.omk(['goal', 'cancel', goal]);
  const cancelled = await latest();
  assert.deepEqual([cancelled.label, cancelled.status], ['goal_cancelled', 'cancelled']);
  const events = readFileSync(join(m.state, 'goals', goal, 'budget-events.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    events
      .filter((each) => each.type === 'budget_checkpoint')
      .map((each) => each.label)
      .slice(-2),
    ['goal_paused', 'goal_cancelled'],
  );
});

test('a time budget crossed in a turn ends it, though the agent does not listen', { skip: slow }, async (t) => {
  const m = await machine(t, javascript.files, { runs });
  const agent = m.agent({
    turns: [{ steps: [{ write: { path: 'half.txt', content: 'half\n' } }, { hang: { ignore_cancel: true } }] }],
  });
  const ran = await m.omk(['run', '--json', '--budget-time', '15s', '--agent', agent, 'Make the red test green']);
  assert.equal(ran.code, 5, ran.out + ran.err);
  const run = parseRun(ran);
  const began = Date.parse(String(run.events[0]?.['ts']));
  const ended = run.events.find((event) => event.type === 'turn.ended');
  if (ended) assert.ok(Date.parse(String(ended['ts'])) - began < 20_500, 'the turn ended within 5 s of the limit');
  assert.match(failureOf(run.events).text, /\(time exhausted: budget_time=15s, elapsed=\d+s\)$/);
  const exhausted = readFileSync(join(m.state, 'goals', run.goal, 'budget-events.jsonl'), 'utf8')
    .split('\n')
    .find((line) => line.includes('goal_budget_exhausted'));
  assert.equal(JSON.parse(exhausted ?? '{}').remaining_budget_secs, 0);
});

test('0s is spent from the start, and what is exactly used up is spent', { skip: slow }, async (t) => {
  const m = await machine(t, javascript.files, { runs });
  const agent = m.agent({ turns: [{ steps: [call(600, 400), fix, { say: 'done' }] }] });
  const none = parseRun(
    await m.omk(['run', '--json', '--budget-time', '0s', '--agent', agent, 'Make the red test green']),
  );
  assert.equal(none.status, 'needs_more_budget');
  assert.ok(!none.events.some((event) => event.type === 'attempt.started'));
  const exact = parseRun(
    await m.omk(['run', '--json', '--budget-tokens', '1000', '--agent', agent, 'Make the red test green']),
  );
  assert.equal(exact.status, 'needs_more_budget');
  const enough = parseRun(
    await m.omk(['run', '--json', '--budget-tokens', '1001', '--agent', agent, 'Make the red test green']),
  );
  assert.equal(enough.status, 'ready');
});

test('a USD budget binds by what the agent says it cost, sum by sum, with nothing lost below a cent; unknown cost is said', async (t) => {
  const m = await machine(t, javascript.files, { runs });
  const costs = [0.0001, 0.0002, 0.0004].flatMap((cost_usd) => [call(10, 1, { cost_usd }), { wait: 200 }]);
  const run = parseRun(
    await m.omk([
      'run',
      '--json',
      '--budget-usd',
      '0.0003',
      '--agent',
      m.agent({ turns: [{ steps: [...costs, { hang: {} }] }] }),
      'Make the red test green',
    ]),
  );
  assert.equal(run.status, 'needs_more_budget');
  const report = JSON.parse((await m.omk(['goal', 'budget', run.goal, '--json'])).out);
  assert.equal(report.estimated_cost_usd, 0.0004);
  assert.equal(report.remaining_budget_usd, 0);
  assert.equal(report.unknown_cost_calls, undefined);
  const unknown = m.agent(
    { turns: [{ steps: [{ usage: { input: 5, output: 1, model: 'nobody-knows-it' } }, fix, { say: 'done' }] }] },
    'unknown',
  );
  const free = parseRun(
    await m.omk(['run', '--json', '--budget-usd', '1', '--agent', unknown, 'Make the red test green']),
  );
  assert.equal(free.status, 'ready');
  const text = (await m.omk(['goal', 'budget', free.goal])).out;
  assert.match(
    text,
    /the USD budget cannot bind while a cost is unknown: set \[prices\."nobody-knows-it"\] input and output/,
  );
  const told = await m.omk(['run', '--verbose', '--budget-usd', '1', '--agent', unknown, 'Make the red test green']);
  assert.match(
    told.out,
    /^budget: tokens 6 · USD unknown of \$1\.000000 \(cannot bind: cost of 1 report unknown\)$/m,
    'while it runs, too',
  );
  const strict = parseRun(
    await m.omk(['run', '--json', '--require-known-cost', '--agent', unknown, 'Make the red test green']),
  );
  assert.equal(strict.status, 'blocked_on_external');
  assert.equal(failureOf(strict.events).code, 'COST_UNKNOWN');
});

test('looking at a budget spends nothing, and a retry erases nothing', async (t) => {
  const m = await machine(t, javascript.files, { runs });
  const agent = m.agent({ turns: [{ steps: [call(100, 10), { say: 'done' }] }], then: 'repeat_last' });
  const run = parseRun(
    await m.omk(['run', '--json', '--max-attempts', '2', '--agent', agent, 'Make the red test green']),
  );
  assert.equal(run.status, 'not_ready');
  const looks = [];
  for (let i = 0; i < 3; i++) looks.push(JSON.parse((await m.omk(['goal', 'budget', run.goal, '--json'])).out));
  assert.deepEqual(
    looks.map((each) => each.spent_tokens),
    [220, 220, 220],
  );
  assert.deepEqual(
    looks.map((each) => each.checkpoints.length),
    Array(3).fill(looks[0].checkpoints.length),
  );
  const [first] = looks;
  assert.equal(first.checkpoints[0].label, 'goal_created');
  assert.deepEqual(first.latest, first.checkpoints.at(-1));
  const cost = async (...flags: readonly string[]): Promise<unknown> =>
    JSON.parse((await m.omk(['cost', '--json', ...flags])).out).rows.map((row: Record<string, unknown>) =>
      Object.values(row).slice(0, 3),
    );
  assert.deepEqual(await cost('--by', 'agent'), [['scripted', 200, 20]]);
  assert.deepEqual(await cost('--by', 'model'), [['unknown', 200, 20]]);
  assert.deepEqual(await cost('--since', '1h'), [[run.goal, 200, 20]]);
  const days = (await cost('--by', 'day')) as readonly (readonly [string, number, number])[];
  assert.ok(days.every(([day]) => /^\d{4}-\d\d-\d\d$/.test(day)));
  assert.equal(
    days.reduce((sum, [, input]) => sum + input, 0),
    200,
    'over midnight there are two',
  );
});

test('bad input is one clear sentence with exit code 2, and nothing changes', async (t) => {
  const m = await machine(t, javascript.files, { runs });
  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [['--budget-time', '1h30m'], /^omk: Invalid budget duration: 1h30m\n/],
    [['--budget-tokens', '0'], /^omk: Invalid token budget: 0 is not/],
    [['--budget-usd', '1e309'], /^omk: Invalid USD budget: 1e309 is not/],
  ];
  for (const [flags, sentence] of wrong) {
    const ran = await m.omk([
      'run',
      ...flags,
      '--agent',
      m.agent({ turns: [{ steps: [fix] }] }),
      'Make the red test green',
    ]);
    assert.equal(ran.code, 2);
    assert.match(ran.err, sentence);
  }
  const nothing = await m.omk(['goal', 'budget-add', 'no-such-goal']);
  assert.deepEqual(
    [nothing.code, nothing.err.split('\n')[0]],
    [2, 'omk: Provide at least one budget extension: --time, --tokens, or --usd'],
  );
  const spent = m.agent({ turns: [{ steps: [call(10, 1), { hang: {} }] }] });
  const { goal } = parseRun(
    await m.omk(['run', '--json', '--budget-tokens', '5', '--agent', spent, 'Make the red test green']),
  );
  const before = JSON.parse((await m.omk(['goal', 'budget', goal, '--json'])).out);
  for (const [flags, sentence] of [
    [['--tokens', '-5'], 'Invalid token budget extension: tokens must be greater than zero'],
    [['--tokens', '100', '--usd', 'NaN'], 'Invalid USD budget extension: usd must be greater than zero'],
    [['--time', '1.5h', '--tokens', '0'], 'Invalid budget duration: 1.5h'],
    [['--tokens', '18446744073709551616'], 'Goal token budget overflowed'],
  ] as const) {
    const ran = await m.omk(['goal', 'budget-add', goal, ...flags]);
    assert.deepEqual([ran.code, ran.err.split('\n')[0]], [2, `omk: ${sentence}`]);
  }
  const after = JSON.parse((await m.omk(['goal', 'budget', goal, '--json'])).out);
  assert.deepEqual([after.budget_tokens, after.checkpoints], [before.budget_tokens, before.checkpoints]);
  await m.omk(['goal', 'cancel', goal]);
  const late = await m.omk(['goal', 'budget-add', goal, '--tokens', '5']);
  assert.equal(late.err.split('\n')[0], `omk: Goal '${goal}' is terminal (cancelled) and cannot receive more budget`);
});
