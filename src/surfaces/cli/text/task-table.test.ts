import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tasksAt } from '../../../app/live/tasks.ts';
import { created } from '../../../domain/testing/build.ts';
import { attempt, stateOf, task } from '../../../domain/testing/task-states.ts';
import { diskLine } from './disk.ts';
import { tasksJson, taskTable } from './task-table.ts';

const NOTHING = { folder: 5000, worktrees: [] };

test('where attempts have worktrees, it is shown what each task has on the disk, and the goal', () => {
  const state = stateOf([task('a'), task('b')], {
    attempts: [attempt(1, 'a', 'no_progress'), attempt(2, 'b', null), attempt(3, 'a', null)],
  });
  const worktrees = [1, 2, 3].map((each) => ({ attempt: each, bytes: each * 1_000_000 }));
  const text = taskTable(state, tasksAt(state, [], 0), { folder: 5000, worktrees }, null).join('\n');
  assert.match(text, /^  task .* tokens +disk +commit/m);
  assert.match(text, /^  a .* 4\.0 MB/m);
  assert.match(text, /^  b .* 2\.0 MB/m);
  assert.doesNotMatch(taskTable(state, tasksAt(state, [], 0), NOTHING, null).join('\n'), /disk/);
  assert.deepEqual(diskLine(NOTHING), []);
  assert.match(
    diskLine({ folder: 5000, worktrees })[0] ?? '',
    /^on the disk: 6\.0 MB in 3 worktrees, 5\.0 KB in the goal/,
  );
});

test('a goal is shown with who works on a task only where another agent took over', () => {
  const first = created();
  const fallbackAgent = { preset: null, argv: ['second'] as const, name: 'second' };
  const state = stateOf([task('a'), task('b')], {
    created: { ...first, options: { ...first.options, fallbackAgent } },
    attempts: [attempt(1, 'a', 'no_progress'), { ...attempt(2, 'a', null), agent: 'fallback' }],
  });
  const text = taskTable(state, tasksAt(state, [], 0), NOTHING, null).join('\n');
  assert.match(text, /attempts +agent +/);
  assert.match(text, /a +working .* second/);
  const alone = { ...state, attempts: state.attempts.slice(0, 1) };
  assert.doesNotMatch(taskTable(alone, tasksAt(alone, [], 0), NOTHING, null).join('\n'), /agent/);
  assert.deepEqual(
    tasksJson(state, tasksAt(state, [], 0)).map(({ agent }) => agent),
    ['second', first.agent?.name],
  );
});
