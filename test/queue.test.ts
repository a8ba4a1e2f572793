import { slow } from '../src/world/gates/testing/tools.ts';
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { javascript } from './support/ecosystems.ts';
import { machine, until, type Event, type Machine, type Ran } from './support/machine.ts';
import { sharedRuns } from './support/shared-runs.ts';

const runs = sharedRuns();

const fix = { edit: { path: javascript.subject, find: javascript.bug, replace: javascript.fix } };
const about = (word: string, ...steps: readonly unknown[]) => ({ when: { prompt_matches: word }, steps });

interface Ended extends Event {
  readonly goals: readonly { entry: string; did: string; goal: string | null; status: string | null; next: string }[];
  readonly exit: number;
  readonly stopped: string | null;
}

const ended = ({ out }: Ran): Ended => JSON.parse(out.trim().split('\n').at(-1) ?? '');
const lines = ({ out }: Ran): readonly Event[] =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

function list(m: Machine, ...goals: readonly string[]): string {
  const file = join(m.dir, 'goals.md');
  writeFileSync(file, goals.map((goal) => `- [ ] ${goal}\n`).join(''));
  return file;
}

test('a queue that is ended by kill -9 goes on where it was: nothing is done twice, nothing is lost', async (t) => {
  const m = await machine(t, javascript.files, { runs });
  const file = list(m, 'First: make the red test green', 'Second: do the same\n  with a body', 'Third');
  const before = readFileSync(file, 'utf8');
  const half = { write: { path: 'half.txt', content: 'half' } };
  const agent = m.agent({ turns: [about('First', fix), about('Second', half, { hang: {} }), about('Third', fix)] });
  const run = ['run', '--json', '--agent', agent, '--queue', file];
  const child = m.start(run);
  let seen = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (seen += text));
  const closed = new Promise((resolve) => child.on('close', resolve));
  const worktrees = join(m.state, 'worktrees');
  await until(
    () =>
      existsSync(worktrees) &&
      readdirSync(worktrees, { recursive: true, encoding: 'utf8' }).some((path) => path.endsWith('half.txt')),
    'the work on the second goal',
  );
  const other = join(m.dir, 'other.md');
  writeFileSync(other, '- [ ] Second: do the same\n  with a body\n');
  const beside = await m.omk(['run', '--json', '--agent', agent, '--queue', other]);
  child.kill('SIGKILL');
  await closed;
  const [first, second] = seen.split('\n').flatMap((line) => (line.includes('"began"') ? [JSON.parse(line).goal] : []));

  const [busy] = ended(beside).goals;
  assert.deepEqual([beside.code, busy?.did, busy?.goal, busy?.next], [2, 'left', second, `omk goal watch ${second}`]);

  m.agent({ turns: [about('First|Second|Third', fix)] });
  const planned = JSON.parse((await m.omk([...run, '--dry-run'])).out);
  assert.deepEqual(
    planned.map((each: Event) => [each['would'], each['goal']]),
    [
      ['leave', first],
      ['resume', second],
      ['start', null],
    ],
  );
  const again = await m.omk([...run, '--max-goals', '2']);
  assert.equal(again.code, 0, again.out.slice(-2000) + again.err);
  const { goals, exit } = ended(again);
  assert.deepEqual(
    goals.map(({ did, goal, status }) => [did, goal === first || goal === second, status]),
    [
      ['left', true, 'ready'],
      ['worked', true, 'ready'],
      ['worked', false, 'ready'],
    ],
  );
  assert.equal(exit, 0);
  assert.deepEqual(lines(again).filter(({ type }) => type === 'goal.created').length, 1);
  assert.equal(JSON.parse((await m.omk(['goal', 'list', '--json'])).out).length, 3);
  assert.equal(readFileSync(file, 'utf8'), before);

  list(
    m,
    'First: make the red test green',
    'Second: do the same\n  with another body',
    'First: make the red test green',
  );
  const changed = JSON.parse((await m.omk([...run, '--dry-run'])).out);
  assert.deepEqual(
    changed.map((each: Event) => each['would']),
    ['leave', 'start'],
    'a changed text is a new goal',
  );
});

test(
  'what one goal comes to stops no other, Ctrl-C ends well, and the exit code is the worst',
  { skip: slow },
  async (t) => {
    const m = await machine(t, javascript.files, { runs });
    const file = list(m, 'Idle', 'Real', 'Slow', 'Never');
    const half = { write: { path: 'half.txt', content: 'half' } };
    const agent = m.agent({
      turns: [about('Idle', { say: 'done' }), about('Real', fix), about('Slow', half, { hang: {} })],
    });
    const run = ['run', '--agent', agent, '--max-attempts', '1', '--queue', file];
    const child = m.start(run);
    let out = '';
    let told = false;
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      if (told || !/\[3\/4\] scripted works/.test(out)) return;
      told = true;
      child.kill('SIGINT');
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    assert.equal(code, 130, out);
    assert.match(out, /^\[1\/4\] begins g-\S+: Idle\n\[1\/4\] running on the base: npm-test\n/);
    const [, summary = ''] = out.split('\nqueue ');
    assert.match(summary, /4 goals, 1 not_ready, 1 ready, 1 paused, 1 not started/);
    assert.match(summary, /^ {2}not_ready {4}g-\S+ {2}omk goal show g-\S+ +Idle$/m);
    assert.match(summary, /^ {2}ready {8}g-\S+ {2}omk goal apply g-\S+ +Real$/m);
    assert.match(summary, /^ {2}paused {7}g-\S+ {2}omk goal resume g-\S+ +Slow$/m);
    assert.match(summary, /^ {2}not started +Never$/m);

    m.agent({ turns: [{ steps: [{ error: { code: -32000, message: 'Authentication required' } }] }] });
    const file2 = list(m, 'One', 'Two', 'Three');
    const locked = await m.omk(['run', '--json', '--agent', agent, '--queue', file2]);
    assert.equal(locked.code, 4, locked.err);
    assert.deepEqual(
      ended(locked).goals.map(({ did, status }) => [did, status]),
      [
        ['worked', 'blocked_on_external'],
        ['worked', 'blocked_on_external'],
        ['not_started', null],
      ],
      'nobody pays for what cannot succeed',
    );
  },
);

test('the budget of a queue binds all goals together', { skip: slow }, async (t) => {
  const m = await machine(t, javascript.files, { runs });
  const file = list(m, 'One', 'Two', 'Three');
  const used = (input: number) => ({ usage: { input, output: 0, told: 'call' } });
  const agent = m.agent({ turns: [about('One', fix, used(300)), about('Two', used(800), { hang: {} })] });
  const ran = await m.omk(['run', '--json', '--agent', agent, '--queue', file, '--queue-tokens', '1000']);
  const { goals, stopped } = ended(ran);
  assert.deepEqual(
    goals.map(({ did, status }) => [did, status]),
    [
      ['worked', 'ready'],
      ['worked', 'paused'],
      ['not_started', null],
    ],
    ran.out.slice(-3000),
  );
  assert.deepEqual([stopped, ran.code], ['budget', 5]);
});

test('what is wrong with a queue is said before anything is begun', async (t) => {
  const m = await machine(t, javascript.files, { runs });
  const agent = m.agent({ turns: [] });
  const file = list(m, 'One');
  const fixes: string[] = [];
  const refused = async (...args: readonly string[]) => {
    const ran = await m.omk(['run', '--json', '--agent', agent, ...args]);
    assert.equal(ran.code, 2, ran.out + ran.err);
    const { code, fix } = JSON.parse(ran.out.trim().split('\n').at(-1) ?? '').error;
    fixes.push(fix);
    return code;
  };
  writeFileSync(join(m.dir, 'empty.md'), 'Nothing to do.\n');
  writeFileSync(join(m.dir, 'binary.md'), Buffer.from([0xff, 0, 1]));
  assert.equal(await refused('--queue', join(m.dir, 'empty.md')), 'QUEUE_EMPTY');
  assert.equal(await refused('--queue', join(m.dir, 'binary.md')), 'QUEUE_UNREADABLE');
  assert.equal(await refused('--queue', join(m.dir, 'nowhere')), 'QUEUE_UNREADABLE');
  assert.equal(await refused('--queue', file, 'another'), 'GOAL_TWICE');
  assert.equal(await refused('--queue', file, '--held-out', '.'), 'FLAG_INVALID');
  for (const flag of ['--each', '--stories', '--parallel'])
    assert.equal(await refused('--queue', file, flag, '2'), 'FLAG_INVALID', flag);
  assert.equal(await refused('--queue', file, '--label', 'omk'), 'FLAG_INVALID');
  assert.equal(await refused('--max-goals', '2', 'a goal'), 'FLAG_INVALID');
  assert.equal(await refused('--queue', file, '--queue-usd', 'lots'), 'BUDGET_USD_INVALID');
  assert.equal(fixes.at(-1), '--queue-usd 5', 'the flag that is wrong is named');
  assert.equal(existsSync(join(m.state, 'worktrees')), false);
});
