import { slow } from '../src/world/gates/testing/tools.ts';
import assert from 'node:assert/strict';
import { spawnSync, type ChildProcess } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { javascript } from './support/ecosystems.ts';
import { machine, parseRun, until, type Machine } from './support/machine.ts';
import { sharedRuns } from './support/shared-runs.ts';

const runs = sharedRuns();

const fix = { edit: { path: javascript.subject, find: javascript.bug, replace: javascript.fix } };
const call = (input: number, output: number): unknown => ({ usage: { input, output, told: 'call' } });
const waitsForGo = { run: ['sh', '-c', 'while [ ! -e go ]; do sleep 0.1; done; rm go'] };
const GOAL = 'Make the red test green';

interface Started {
  readonly text: () => string;
  readonly closed: Promise<number | null>;
  readonly child: ChildProcess;
}

function started(child: ChildProcess): Started {
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return { text: () => text, closed: new Promise((resolve) => child.on('close', resolve)), child };
}

/** The goal that runs, once its agent has told something. */
async function running(m: Machine, run: Started): Promise<string> {
  await until(() => run.text().includes('(claimed)'), 'the first call');
  return JSON.parse((await m.omk(['goal', 'status', '--json'])).out).goal;
}

function go(m: Machine, goal: string): void {
  const [attempt = ''] = readdirSync(join(m.state, 'worktrees', goal));
  writeFileSync(join(m.state, 'worktrees', goal, attempt, 'tree', 'go'), '');
}

test(
  'a goal is watched from other processes, its budgets burning down; what is added meanwhile counts for ' +
    'the turn that runs; all end with its exit code',
  async (t) => {
    const m = await machine(t, javascript.files, { runs });
    const run = started(
      m.start([
        'run',
        '--verbose',
        '--budget-tokens',
        '1000',
        '--agent',
        m.agent({ turns: [{ steps: [call(500, 100), waitsForGo, call(500, 100), fix, { say: 'done' }] }] }),
        GOAL,
      ]),
    );
    const goal = await running(m, run);
    const [plain, json] = [
      started(m.start(['goal', 'watch', goal])),
      started(m.start(['goal', 'watch', goal, '--json'])),
    ];
    const burnt = /^budget: tokens 600 of 1,000 \(60 %\)$/m;
    await until(
      () => burnt.test(plain.text()) && burnt.test(run.text()),
      'the burn-down, in the run and in what watches it',
    );

    const added = await m.omk(['goal', 'budget-add', goal, '--tokens', '1000']);
    assert.equal(added.code, 0, added.err);
    await until(
      () => [plain, run].every((each) => each.text().includes('budget: tokens 600 of 2,000 (30 %)')),
      'the run itself knowing the new budget',
    );
    go(m, goal);
    assert.deepEqual(await Promise.all([run.closed, plain.closed, json.closed]), [0, 0, 0], plain.text());
    assert.equal(run.text().split('the agent works').length, 2, 'one turn, which was not stopped at 1000');

    const told = parseRun({ code: 0, out: json.text(), err: '' });
    assert.equal(told.status, 'ready');
    assert.deepEqual([told.events[0]?.type, told.events.at(-1)?.type], ['goal.created', 'goal.ended']);
    assert.deepEqual(
      told.events.map((event) => event['seq']),
      told.events.map((_, index) => index),
      'every event once, in order',
    );
    assert.match(plain.text(), /^ready: done and proven/m);
    assert.match(plain.text(), /budget: extended by 1000 tokens/);
    assert.doesNotMatch(plain.text(), /starting agent/);
  },
);

test(
  'of a goal whose process was killed it is said at once that nobody works on it',
  { skip: slow || process.platform === 'linux' ? false : 'needs /proc' },
  async (t) => {
    const m = await machine(t, javascript.files, { runs });
    const run = started(
      m.start([
        'run',
        '--verbose',
        '--budget-tokens',
        '1000',
        '--agent',
        m.agent({ turns: [{ steps: [call(5, 1), { hang: {} }] }] }),
        GOAL,
      ]),
    );
    const goal = await running(m, run);
    const watch = started(m.start(['goal', 'watch', goal]));
    await until(() => watch.text().includes('(claimed)'), 'the first call');
    assert.doesNotMatch(watch.text(), /interrupted/);
    run.child.kill('SIGKILL');
    await run.closed;
    const nobody = `interrupted, no process works on this goal; watching until one does: omk goal resume ${goal}`;
    await until(() => watch.text().includes(nobody), 'that nobody works on it');
    const late = started(m.start(['goal', 'watch', goal]));
    await until(() => late.text().includes(nobody), 'the same, for who comes later');
    for (const each of [watch, late]) {
      each.child.kill('SIGINT');
      assert.equal(await each.closed, 130);
      assert.match(each.text(), /stopped watching; the goal is interrupted, no process works on it: omk goal resume/);
    }
    await m.omk(['goal', 'cancel', goal]);
  },
);

test('Ctrl-C on what watches stops watching and nothing else', async (t) => {
  const m = await machine(t, javascript.files, { runs });
  const run = started(
    m.start([
      'run',
      '--verbose',
      '--budget-tokens',
      '1000',
      '--agent',
      m.agent({ turns: [{ steps: [call(5, 1), waitsForGo, fix, { say: 'done' }] }] }),
      GOAL,
    ]),
  );
  const goal = await running(m, run);
  const watch = started(m.start(['goal', 'watch', goal]));
  await until(() => watch.text().includes('(claimed)'), 'the first call');
  watch.child.kill('SIGINT');
  assert.equal(await watch.closed, 130);
  assert.match(watch.text(), /stopped watching; the goal goes on/);
  go(m, goal);
  assert.equal(await run.closed, 0, run.text());
});

test('a wait for a usage limit is seen with its reset time by whoever watches, and a goal that has ended is told at once', async (t) => {
  const m = await machine(t, javascript.files, { runs });
  const limit = { error: { code: -32_603, message: '429 usage limit: try again in 4 s' } };
  const agent = m.agent({ turns: [{ steps: [call(5, 1), limit] }, { steps: [call(2000, 0), { hang: {} }] }] });
  const run = started(m.start(['run', '--verbose', '--budget-tokens', '1000', '--agent', agent, GOAL]));
  const goal = await running(m, run);
  const watch = started(m.start(['goal', 'watch', goal]));
  assert.deepEqual(await Promise.all([run.closed, watch.closed]), [5, 5]);
  assert.match(
    watch.text(),
    /waits until \d{4}-\d\d-\d\dT[\d:.]+Z for the agent's usage limit \(as it says\): .*try again in 4 s/,
  );
  assert.match(watch.text(), /waited \d/);
  const after = await m.omk(['goal', 'watch', goal]);
  assert.equal(after.code, 5);
  assert.match(after.out, /^needs_more_budget: the budget is spent/m);
  assert.equal((await m.omk(['goal', 'watch', 'no-such-goal'])).code, 2);
});

const pty = process.platform === 'linux' && spawnSync('script', ['--version']).status === 0;

test(
  'on a terminal the picture is drawn again and again, with the burn-down',
  { skip: slow || pty ? false : 'needs script(1) of Linux' },
  async (t) => {
    const m = await machine(t, javascript.files, { runs });
    const agent = m.agent({ turns: [{ steps: [call(500, 100), waitsForGo, fix, { say: 'done' }] }] });
    const run = started(m.start(['run', '--verbose', '--budget-tokens', '1000', '--agent', agent, GOAL]));
    const goal = await running(m, run);
    const shell = started(
      m.startOther('script', [
        '-qec',
        `stty cols 100 rows 40; '${process.execPath}' '${m.program}' goal watch ${goal}`,
        '/dev/null',
      ]),
    );
    await until(() => shell.text().includes('tokens 600 of 1,000 (60 %)'), 'the picture').finally(() => go(m, goal));
    assert.deepEqual(await Promise.all([run.closed, shell.closed]), [0, 0], shell.text());
    assert.ok(shell.text().includes('\u001B['), 'drawn with control sequences');
    assert.match(shell.text(), /attempt 1 · turn 1 · task t1/);
  },
);

test(
  'a terminal that cannot move its cursor, or does not know its size, gets lines',
  { skip: slow || pty ? false : 'needs script(1) of Linux' },
  async (t) => {
    const m = await machine(t, javascript.files, { runs });
    const agent = m.agent({ turns: [{ steps: [fix, { say: 'done' }] }] });
    for (const terminal of ['export TERM=dumb; stty cols 100 rows 40', 'export TERM=xterm; stty cols 0 rows 0']) {
      const shell = started(
        m.startOther('script', [
          '-qec',
          `${terminal}; '${process.execPath}' '${m.program}' run --agent '${agent}' '${GOAL}'`,
          '/dev/null',
        ]),
      );
      assert.equal(await shell.closed, 0, shell.text());
      assert.ok(!shell.text().includes('\u001B[2K'), `${terminal}: nothing is drawn again`);
      assert.match(shell.text(), /on the base: npm-test fails \(1 of 2 tests\)/);
    }
  },
);
