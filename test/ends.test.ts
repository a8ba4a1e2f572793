import { slow } from '../src/world/gates/testing/tools.ts';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { javascript } from './support/ecosystems.ts';
import { machine, parseRun, until } from './support/machine.ts';
import { sharedRuns } from './support/shared-runs.ts';

const shared = sharedRuns();

const fix = { edit: { path: javascript.subject, find: javascript.bug, replace: javascript.fix } };

test('a goal that ended short of ready and is then cancelled has a proof that verifies', async (t) => {
  const m = await machine(t, javascript.files, { runs: shared });
  const run = parseRun(
    await m.omk([
      'run',
      '--json',
      '--max-attempts',
      '1',
      '--agent',
      m.agent({ turns: [{ steps: [{ say: 'done' }] }] }),
      'Make the red test green',
    ]),
  );
  assert.equal(run.status, 'not_ready');
  const worktrees = (): readonly string[] => readdirSync(join(m.state, 'worktrees'));
  assert.deepEqual(worktrees(), [run.goal]);
  assert.equal((await m.omk(['goal', 'cancel'])).code, 0);
  assert.deepEqual(worktrees(), []);
  const verified = await m.omk(['verify']);
  assert.equal(verified.code, 7, verified.out);
  assert.match(verified.out, /verified to V1: .* was cancelled/);
  assert.doesNotMatch(verified.out, /missing|FAILED/, 'nobody asks what a cancelled goal lacks');
});

test(
  'a branch or a tag names the proof of the commit it stands at, whose author is the user',
  { skip: slow },
  async (t) => {
    const m = await machine(t, javascript.files, { runs: shared });
    const git = (...args: readonly string[]): string =>
      execFileSync('git', args, { cwd: m.repository, env: m.env, encoding: 'utf8' }).trim();
    git('config', 'user.name', 'A User');
    git('config', 'user.email', 'user@example.org');
    const { goal } = parseRun(
      await m.omk(['run', '--json', '--agent', m.agent({ turns: [{ steps: [fix] }] }), 'Make the red test green']),
    );
    assert.equal((await m.omk(['goal', 'apply', '--branch', 'fixed'])).code, 0);
    git('tag', 'v1', 'fixed');
    assert.equal(
      git('log', '-1', '--format=%an <%ae>, %cn: %s', 'fixed'),
      'A User <user@example.org>, omk: Make the red test green',
    );
    assert.match(
      git('log', '-1', '--format=%(trailers)', 'fixed'),
      /^Co-authored-by: scripted <scripted@agents\.invalid>$/m,
    );
    for (const name of ['fixed', 'v1', `refs/omk/goals/${goal}/result`]) {
      const verified = await m.omk(['verify', name]);
      assert.equal(verified.code, 0, verified.err);
      assert.match(verified.out, new RegExp(`verified to V1: ${goal} ended ready`));
    }
    for (const [name, code] of [
      ['fixed~1', 'GOAL_NOT_FOUND'],
      ['nothing', 'BUNDLE_NOT_FOUND'],
      ['--', 'BUNDLE_NOT_FOUND'],
    ] as const) {
      const refused = await m.omk(['verify', '--', name]);
      assert.equal(refused.code, 2);
      assert.match(refused.err, new RegExp(code));
    }
  },
);

test('a piped run of one turn is told in at most eleven lines, the goal first; --verbose has every event', async (t) => {
  const m = await machine(t, javascript.files, { runs: shared });
  const agent = m.agent({ turns: [{ steps: [fix, { say: 'done' }] }] });
  const run = await m.omk(['run', '--agent', agent, 'Make the red test green']);
  assert.equal(run.code, 0, run.err);
  const lines = run.out.trimEnd().split('\n');
  assert.ok(lines.length <= 11, run.out);
  assert.match(lines[0] ?? '', /^goal g-/);
  assert.equal(lines[1], 'running on the base: npm-test');
  assert.match(run.out, /^on the base: npm-test fails \(1 of 2 tests\)$/m);
  assert.match(run.out, /^ready: done and proven \(.*, no usage reported\)\n {2}next {5}omk goal apply g-/m);
  assert.doesNotMatch(run.out, /canary/, 'a test that must fail is no news');
  const all = await m.omk(['run', '--verbose', '--no-cache', '--agent', agent, 'Make the red test green']);
  assert.match(all.out, /^gate npm-test \(canary\) on [0-9a-f]{12}: the planted tests fail, as they must/m);
});

test('the same thing is said once, in words before codes, and commands name the goal', async (t) => {
  const m = await machine(t, javascript.files, { runs: shared });
  const run = await m.omk([
    'run',
    '--max-attempts',
    '1',
    '--agent',
    m.agent({ turns: [{ steps: [{ say: 'done' }] }] }),
    'Make the red test green',
  ]);
  assert.deepEqual(run.out.match(/^ {2}(?:missing|gate|changes) .*$/gm), [
    '  missing  the candidate changes nothing (G_EMPTY_PATCH)',
  ]);
  const verified = await m.omk(['verify']);
  assert.equal(verified.code, 3);
  assert.deepEqual(verified.out.match(/^ {2}missing .*$/gm), [
    '  missing the candidate changes nothing (G_EMPTY_PATCH)',
  ]);
  const show = (await m.omk(['goal', 'show'])).out;
  assert.match(show, /^ {2}next {5}omk goal resume g-\S+\n {11}what the agent did: omk goal log g-\S+$/m);
  assert.doesNotMatch(show, /omk goal (?:show|diff)/, 'what is shown already, and what is empty');
  const wrong = { edit: { path: javascript.subject, find: javascript.bug, replace: '7 + a' } };
  const red = await m.omk([
    'run',
    '--max-attempts',
    '1',
    '--max-turns',
    '1',
    '--agent',
    m.agent({ turns: [{ steps: [wrong] }] }),
    'Make the red test green',
  ]);
  assert.equal(red.code, 3, red.out);
  assert.deepEqual(
    red.out.match(/^ {2}missing .*$/gm)?.map((line) => line.replace(/:.*\(/, ': … (')),
    ['  missing  gate npm-test failed: … (E_TESTS_FAILED, G_GATE_FAILED)'],
  );
  assert.match((await m.omk(['verify'])).out, /failed: .* \(E_TESTS_FAILED, G_GATE_FAILED\)$/m);
});

test('an agent that meets a limit is said once, and the way on names the goal', async (t) => {
  const m = await machine(t, javascript.files, { runs: shared });
  const limit = { error: { code: 429, message: 'limit resets in 9 days' } };
  const run = await m.omk(['run', '--agent', m.agent({ turns: [{ steps: [limit] }] }), 'Make the red test green']);
  assert.equal(run.code, 4, run.out);
  assert.equal(run.out.match(/^ {2}\w+ .*limit resets in 9 days/gm)?.length, 1, run.out);
  assert.match(run.out, /^ {2}next {5}omk goal resume g-\S+, when the limit is over$/m);
});

test('an agent that fails in every attempt is said once, without what follows from it', async (t) => {
  const m = await machine(t, javascript.files, { runs: shared });
  const error = { error: { code: -32_603, message: 'the tool broke' } };
  const agent = m.agent({ turns: [{ steps: [error] }], then: 'repeat_last' });
  const run = await m.omk(['run', '--max-attempts', '1', '--agent', agent, 'Make the red test green']);
  assert.equal(run.code, 6, run.out);
  const told = run.out.match(/^ {2}(?:missing|failure|gate|changes) .*$/gm) ?? [];
  assert.equal(told.length, 1, run.out);
  assert.match(
    told[0] ?? '',
    /^ {2}failure {2}the agent failed in every attempt: .*the tool broke.* \(AGENT_FAILED\)$/,
  );
});

test('a goal whose process was killed is not said to be worked on', async (t) => {
  const m = await machine(t, javascript.files, { runs: shared });
  const child = m.start([
    'run',
    '--json',
    '--agent',
    m.agent({ turns: [{ steps: [{ hang: {} }] }] }),
    'Make the red test green',
  ]);
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  await until(() => text.includes('"session.opened"'), 'the turn');
  const shown = async () => JSON.parse((await m.omk(['goal', 'status', '--json'])).out);
  assert.deepEqual([(await shown()).status, (await shown()).worker], ['running', `process ${child.pid}`]);
  assert.match((await m.omk(['goal', 'show'])).out, /a process works on the goal/);
  child.kill('SIGKILL');
  await new Promise((resolve) => child.on('close', resolve));
  assert.deepEqual([(await shown()).status, (await shown()).worker], ['running', null]);
  assert.match(
    (await m.omk(['goal', 'status'])).out,
    /^interrupted {2}g-.*[^]*no process works on it: omk goal resume g-/,
  );
  assert.match((await m.omk(['goal', 'list'])).out, /interrupted \(no process works on it\)/);
  const show = (await m.omk(['goal', 'show'])).out;
  assert.match(show, /^interrupted: no process works on it/m);
  assert.doesNotMatch(show, /omk goal diff/, 'nothing is to be seen yet');
  assert.equal(readdirSync(join(m.state, 'worktrees')).length, 1);
});

test('a state directory that cannot be made or is a file is refused at once, by commands that read too', async (t) => {
  const m = await machine(t, javascript.files, { runs: shared });
  const file = join(m.dir, 'a file');
  writeFileSync(file, '');
  const agent = m.agent({ turns: [] });
  for (const [directory, args] of [
    ['/proc/nope/omk', ['run', '--agent', agent, 'Make the red test green']],
    ['/proc/nope', ['goal', 'list']],
    ['/proc/nope', ['goal', 'show']],
    [file, ['goal', 'list']],
    [join(file, 'omk'), ['goal', 'list', '--all']],
  ] as const) {
    const refused = await m.omk(args, { env: { OMK_STATE_DIR: directory } });
    assert.equal(refused.code, 6, `${directory}: ${refused.out}${refused.err}`);
    assert.match(refused.err, /STORE_UNWRITABLE|STORE_IO/);
  }
});

test('nothing is accepted where no gate judges', async (t) => {
  const m = await machine(t, { 'readme.txt': 'nothing to judge this\n' });
  const agent = m.agent({ turns: [] });
  const run = await m.omk(['run', '--agent', agent, 'Make it better']);
  assert.equal(run.code, 4, run.out);
  assert.doesNotMatch(run.out, /--accept/);
  const refused = await m.omk(['goal', 'answer', '--accept']);
  assert.equal(refused.code, 2);
  assert.match(refused.err, /No gate judges this repository/);
});

test('the command that proof --out prints checks the copy', async (t) => {
  const m = await machine(t, javascript.files, { runs: shared });
  const agent = m.agent({ turns: [{ steps: [fix, { say: 'done' }] }] });
  assert.equal((await m.omk(['run', '--json', '--agent', agent, 'Make the red test green'])).code, 0);
  const copied = await m.omk(['goal', 'proof', '--out', 'a bundle']);
  const [, folder, base] = /check +omk verify '(.+)' --base ([0-9a-f]{40})$/m.exec(copied.out) ?? [];
  const verified = await m.omk(['verify', folder ?? '', '--base', base ?? '']);
  assert.equal(verified.code, 0, copied.out + verified.out + verified.err);
});

test('after a failure of the agent, the end names the log of what it did', async (t) => {
  const m = await machine(t, javascript.files, { runs: shared });
  const agent = m.agent({ turns: [{ steps: [{ crash: { code: 9 } }] }] });
  const failed = await m.omk(['run', '--max-attempts', '1', '--agent', agent, 'Make the red test green']);
  assert.equal(failed.code, 6, failed.err);
  assert.match(failed.out, /next +omk doctor, then omk goal resume g-\S+\n +what the agent did: omk goal log g-/);
});

test('a cost tracker that cannot be written is said once, before an agent works, and stops nothing', async (t) => {
  const m = await machine(t, javascript.files, { runs: shared });
  const agent = m.agent({ turns: [{ steps: [fix] }] });
  const run = (...more: readonly string[]) =>
    m.omk(['run', '--json', '--cost-tracker', '/proc/nope/cost.jsonl', ...more, '--agent', agent, 'Make it green']);
  const count = (text: string): number => text.split('the cost tracker cannot be written').length - 1;
  const unpaid = await run('--budget-time', '0s');
  assert.deepEqual([unpaid.code, count(unpaid.err)], [5, 1], unpaid.err);
  assert.doesNotMatch(unpaid.out, /attempt\.started/);
  const paid = await run();
  assert.deepEqual([paid.code, count(paid.err)], [0, 1], paid.err);
});
