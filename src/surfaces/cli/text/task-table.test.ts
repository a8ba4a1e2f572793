import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tasksAt } from '../../../app/live/tasks.ts';
import { created } from '../../../domain/testing/build.ts';
import { attempt, stateOf, task } from '../../../domain/testing/task-states.ts';
import { tasksJson, taskTable } from './task-table.ts';

test('a goal is shown with who works on a task only where another agent took over', () => {
  const first = created();
  const fallbackAgent = { preset: null, argv: ['second'] as const, name: 'second' };
  const state = stateOf([task('a'), task('b')], {
    created: { ...first, options: { ...first.options, fallbackAgent } },
    attempts: [attempt(1, 'a', 'no_progress'), { ...attempt(2, 'a', null), agent: 'fallback' }],
  });
  const text = taskTable(state, tasksAt(state, [], 0), null).join('\n');
  assert.match(text, /attempts +agent +/);
  assert.match(text, /a +working .* second/);
  const alone = { ...state, attempts: state.attempts.slice(0, 1) };
  assert.doesNotMatch(taskTable(alone, tasksAt(alone, [], 0), null).join('\n'), /agent/);
  assert.deepEqual(
    tasksJson(state, tasksAt(state, [], 0)).map(({ agent }) => agent),
    ['second', first.agent?.name],
  );
});
