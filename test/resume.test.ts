import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { javascript } from './support/ecosystems.ts';
import { machine, parseRun, type Machine } from './support/machine.ts';
import { sharedRuns } from './support/shared-runs.ts';
import { slow } from '../src/world/gates/testing/tools.ts';

const runs = sharedRuns();

const fix = { edit: { path: javascript.subject, find: javascript.bug, replace: javascript.fix } };

/** Polls until `look` finds something; fails after a generous while. */
async function until<T>(look: () => T | null | undefined | false, what: string): Promise<T> {
  for (let tries = 0; tries < 600; tries++) {
    const found = look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`never saw ${what}`);
}

/** Processes that carry the marker of a goal's attempts in their environment. */
function living(goal: string): readonly string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return (
        readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`OMK_ATTEMPT=${goal}.`) &&
        !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'latin1'))
      );
    } catch {
      return false;
    }
  });
}

async function startedTurn(m: Machine, lines: () => string): Promise<string> {
  await until(() => lines().includes('"turn.started"'), 'the first turn');
  return until(() => /"goal":"(g-[^"]+)"/.exec(lines())?.[1] ?? goalOf(m), 'the name of the goal');
}

const goalOf = (m: Machine): string | null =>
  existsSync(join(m.state, 'worktrees')) ? (readdirSync(join(m.state, 'worktrees'))[0] ?? null) : null;

function collect(child: ReturnType<Machine['start']>): { text: () => string; closed: Promise<number | null> } {
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  child.stderr?.resume();
  return { text: () => text, closed: new Promise((resolve) => child.on('close', resolve)) };
}

for (const sandbox of ['bubblewrap', 'none'] as const)
  test(
    `killed with -9 in the middle of a turn and resumed, a goal ends the same (sandbox ${sandbox})`,
    { skip: process.platform === 'linux' ? sandbox === 'none' && slow : 'needs /proc' },
    async (t) => {
      const m = await machine(t, javascript.files, sandbox === 'none' ? { sandbox } : {});
      const agent = m.agent({
        turns: [
          {
            steps: [
              { write: { path: 'half.txt', content: 'half\n' } },
              { run: ['sh', '-c', 'sleep 1000 & echo started'] },
              { hang: {} },
            ],
          },
          { steps: [fix, { say: 'done' }] },
        ],
      });
      const child = m.start(['run', '--json', '--agent', agent, 'Make the red test green']);
      const seen = collect(child);
      const goal = await startedTurn(m, seen.text);
      const [attempt = ''] = await until(
        () => existsSync(join(m.state, 'worktrees', goal)) && readdirSync(join(m.state, 'worktrees', goal)),
        'the worktree',
      );
      await until(() => existsSync(join(m.state, 'worktrees', goal, attempt, 'tree', 'half.txt')), 'half of the work');
      await until(() => living(goal).length > 0, 'a process of the agent');
      child.kill('SIGKILL');
      await seen.closed;
      if (sandbox === 'bubblewrap' && execHas('bwrap'))
        await until(() => living(goal).length === 0, 'the end of every process');

      const resumed = await m.omk(['goal', 'resume', goal, '--json']);
      const run = parseRun(resumed);
      assert.equal(run.status, 'ready', resumed.out + resumed.err);
      assert.deepEqual(living(goal), [], 'no process of the run survives');
      assert.ok(
        run.events.some((event) => event.type === 'turn.ended' && JSON.stringify(event).includes('interrupted')),
      );
      const diff = await m.omk(['goal', 'diff', goal, '--stat']);
      assert.match(diff.out, /half\.txt/, 'work from before the kill is not lost');
      const verified = await m.omk(['verify', goal]);
      assert.equal(verified.code, 0, verified.out);
    },
  );

test('Ctrl-C once stops the agent, keeps the work, ends paused with 130; resume goes on', async (t) => {
  const m = await machine(t, javascript.files, { runs });
  const agent = m.agent({
    turns: [
      { steps: [{ write: { path: 'half.txt', content: 'half\n' } }, { hang: {} }] },
      { steps: [fix, { say: 'done' }] },
    ],
  });
  const child = m.start(['run', '--json', '--agent', agent, 'Make the red test green']);
  const seen = collect(child);
  const goal = await startedTurn(m, seen.text);
  await until(
    () =>
      readdirSync(join(m.state, 'worktrees', goal)).some((each) =>
        existsSync(join(m.state, 'worktrees', goal, each, 'tree', 'half.txt')),
      ),
    'half of the work',
  );
  child.kill('SIGINT');
  assert.equal(await seen.closed, 130);
  assert.deepEqual(living(goal), []);
  const status = JSON.parse((await m.omk(['goal', 'status', goal, '--json'])).out);
  assert.equal(status.status, 'paused');
  const run = parseRun(await m.omk(['goal', 'resume', goal, '--json']));
  assert.equal(run.status, 'ready');
});

test('cancel from another process stops the agent at once, for good', async (t) => {
  const m = await machine(t, javascript.files, { runs });
  const child = m.start([
    'run',
    '--json',
    '--agent',
    m.agent({ turns: [{ steps: [{ hang: {} }] }] }),
    'Make the red test green',
  ]);
  const seen = collect(child);
  const goal = await startedTurn(m, seen.text);
  const cancelled = await m.omk(['goal', 'cancel', goal]);
  assert.equal(cancelled.code, 0, cancelled.err);
  assert.equal(await seen.closed, 7);
  assert.deepEqual(living(goal), []);
  const again = await m.omk(['goal', 'resume', goal]);
  assert.equal(again.code, 2);
  assert.match(again.err, /cancelled, which is final/);
});

test('cancel after kill -9 ends what still runs, keeps the interrupted turn and removes the worktree', async (t) => {
  const m = await machine(t, javascript.files, { runs });
  const steps = [{ write: { path: 'half.txt', content: 'half\n' } }, { hang: {} }];
  const child = m.start(['run', '--json', '--agent', m.agent({ turns: [{ steps }] }), 'Make the red test green']);
  const seen = collect(child);
  const goal = await startedTurn(m, seen.text);
  const worktrees = join(m.state, 'worktrees', goal);
  await until(
    () => readdirSync(worktrees).some((each) => existsSync(join(worktrees, each, 'tree', 'half.txt'))),
    'half of the work',
  );
  child.kill('SIGKILL');
  await seen.closed;
  const cancelled = await m.omk(['goal', 'cancel']);
  assert.equal(cancelled.code, 0, cancelled.err);
  assert.deepEqual(living(goal), []);
  assert.equal(existsSync(worktrees), false);
  const shown = JSON.parse((await m.omk(['goal', 'show', '--json'])).out);
  const [turn] = shown.state.attempts[0].turns;
  assert.equal(turn.outcome.kind, 'interrupted');
  const vault = join(m.state, 'vaults', readdirSync(join(m.state, 'vaults'))[0] ?? '');
  const half = execFileSync('git', ['-C', vault, 'show', `${turn.snapshot.ref}:half.txt`], { encoding: 'utf8' });
  assert.equal(half, 'half\n');
  assert.match((await m.omk(['verify', goal])).out, /^verified to V1/);
});

test('two processes never work on one goal', async (t) => {
  const m = await machine(t, javascript.files, { runs });
  const child = m.start([
    'run',
    '--json',
    '--agent',
    m.agent({ turns: [{ steps: [{ hang: {} }] }] }),
    'Make the red test green',
  ]);
  const seen = collect(child);
  const goal = await startedTurn(m, seen.text);
  const second = await m.omk(['goal', 'resume', goal]);
  assert.equal(second.code, 2);
  assert.match(second.err, /GOAL_BUSY/);
  child.kill('SIGINT');
  await seen.closed;
});

function execHas(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
