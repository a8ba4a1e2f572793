import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toolsOf } from './tools.ts';

test('each role has the tools of its own part, and a worker alone has none', () => {
  const alone = { hasManyTasks: false, hasChecks: false };
  assert.deepEqual(toolsOf('planner', alone), ['plan_submit', 'question_ask']);
  assert.deepEqual(toolsOf('oracle', alone), ['check_submit', 'question_ask']);
  assert.deepEqual(toolsOf(undefined, alone), []);
  assert.deepEqual(toolsOf(undefined, { ...alone, hasChecks: true }), ['check_dispute', 'question_ask']);
  const many = { hasManyTasks: true, hasChecks: true };
  assert.deepEqual(toolsOf(undefined, many), ['task_propose', 'question_ask']);
  assert.deepEqual(toolsOf('planner', many), ['plan_submit', 'question_ask'], 'whatever is around it');
});
