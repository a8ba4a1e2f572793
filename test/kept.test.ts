import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { javascript } from './support/ecosystems.ts';
import { machine, parseRun, until, type Machine } from './support/machine.ts';
import { sharedRuns } from './support/shared-runs.ts';
import { slow } from '../src/world/gates/testing/tools.ts';

const runs = sharedRuns();

const write = (content: string) => ({ write: { path: 'note.txt', content } });
const git = (m: Machine, ...args: readonly string[]): string =>
  execFileSync('git', ['-C', m.repository, ...args], { encoding: 'utf8' }).trim();

test('the work of any turn of a goal that is not ready can be seen and put on a branch that says so', async (t) => {
  const m = await machine(t, javascript.files, { runs });
  const turns = ['one\n', 'two\n'].map((text) => ({ steps: [write(text), { say: 'done' }] }));
  const flags = ['--max-attempts', '1', '--max-turns', '2', '--budget-tokens', '500000'];
  const run = parseRun(
    await m.omk(['run', '--json', ...flags, '--agent', m.agent({ turns }), 'Make the red test green']),
  );
  assert.equal(run.status, 'not_ready');
  const head = git(m, 'rev-parse', 'HEAD');

  const more = await m.omk(['goal', 'budget-add', '--tokens', '10']);
  assert.match(more.out, /tokens +unknown of 500,010, at most 500,010 left/, more.err);
  const events = (await m.omk(['goal', 'show'])).out;
  assert.match(events, /^[\d:]+ {2}judged: gate npm-test fails: .*\n[\d:]+ {2}attempt 1, turn 2: the agent works$/m);
  assert.doesNotMatch(events, /budget at .* 0 tokens|\$0\.000000/, 'nobody told what was used');

  const plain = await m.omk(['goal', 'apply']);
  assert.equal(plain.code, 3);
  assert.match(plain.err, /only a ready result is applied\n.*--not-ready/);
  const newest = await m.omk(['goal', 'diff']);
  assert.match(newest.out, /\+two/);
  assert.match(newest.err, /attempt 1, turn 2: judged, and not ready/);
  const first = JSON.parse((await m.omk(['goal', 'diff', '--turn', '1', '--json'])).out);
  assert.deepEqual([first.attempt, first.turn, first.judged], [1, 1, 'not_ready']);
  assert.match(first.patch, /\+one/);
  const none = await m.omk(['goal', 'diff', '--attempt', '7']);
  assert.equal(none.code, 2);
  assert.match(none.err, /there is: --attempt 1 --turn 1, --attempt 1 --turn 2/);
  assert.equal((await m.omk(['goal', 'diff', '--turn', 'x'])).code, 2);

  const merged = await m.omk(['goal', 'apply', '--not-ready', '--merge']);
  assert.equal(merged.code, 3);
  assert.match(merged.err, /MERGE_NOT_READY/);
  for (const again of [1, 2]) {
    const applied = await m.omk(['goal', 'apply', '--not-ready']);
    assert.equal(applied.code, 0, `${again} ${applied.err}`);
    assert.match(applied.out, /judged, and not ready\non branch omk\/not-ready\//);
  }
  const branch = `omk/not-ready/${run.goal}/1.2`;
  assert.equal(git(m, 'show', `${branch}:note.txt`), 'two');
  assert.match(git(m, 'log', '-1', '--format=%s', branch), /^\[not ready\] Make the red test green$/);
  await m.omk(['goal', 'apply', '--turn', '1', '--branch', 'mine']);
  assert.equal(git(m, 'show', 'mine:note.txt'), 'one');
  assert.equal(git(m, 'rev-parse', 'HEAD'), head);
});

test('work that was interrupted is reached, and said to be not judged', { skip: slow }, async (t) => {
  const m = await machine(t, javascript.files, { runs });
  const agent = m.agent({ turns: [{ steps: [write('half\n'), { hang: {} }] }] });
  const child = m.start(['run', '--json', '--agent', agent, 'Make the red test green']);
  const closed = new Promise((resolve) => child.on('close', resolve));
  const worktrees = join(m.state, 'worktrees');
  const half = (): boolean =>
    existsSync(worktrees) &&
    readdirSync(worktrees, { recursive: true, encoding: 'utf8' }).some((path) => path.endsWith('note.txt'));
  await until(half, 'half of the work');
  child.kill('SIGKILL');
  await closed;
  const early = await m.omk(['goal', 'diff']);
  assert.equal(early.code, 3);
  assert.match(early.err, /omk goal pause g-.* keeps what it has so far/);
  const cancelled = await m.omk(['goal', 'cancel']);
  assert.match(cancelled.out, /its work is kept: omk goal diff g-.*, or omk goal apply g-.* --not-ready/);
  const again = await m.omk(['goal', 'cancel']);
  assert.equal(again.code, 2);
  assert.match(again.err, /is cancelled already, which is final\n.*\[GOAL_TERMINAL\]/);
  assert.match((await m.omk(['goal', 'show'])).out, /attempt 1, turn 1: interrupted$/m);
  assert.match((await m.omk(['goal', 'show'])).out, /its work is kept: omk goal diff g-/);
  const seen = await m.omk(['goal', 'diff']);
  assert.match(seen.out, /\+half/);
  assert.match(seen.err, /attempt 1, turn 1: not judged/);
  const applied = JSON.parse((await m.omk(['goal', 'apply', '--attempt', '1', '--json'])).out);
  assert.equal(applied.judged, 'not_judged');
  assert.match(applied.branch, /^omk\/not-judged\/g-.*\/1\.1$/);
  assert.equal(git(m, 'show', `${applied.branch}:note.txt`), 'half');
});
