import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../../domain/testing/fast-check.ts';
import stringWidth from 'string-width';
import type { TaskStatus } from '../../../domain/task/status.ts';
import { renderLive } from './render.ts';
import { trackTasks, type LiveTask } from '../../../app/live/tasks.ts';
import type { LiveView } from '../../../app/live/view.ts';

const STATUSES: readonly TaskStatus[] = [
  { kind: 'waiting', on: ['t1'] },
  { kind: 'ready' },
  { kind: 'working', attempt: 3 },
  { kind: 'judged', attempt: 3, candidate: 'c' },
  { kind: 'queued', attempt: 3, candidate: 'c' },
  { kind: 'integrated', attempt: 3, commit: 'c', tree: 't' },
  { kind: 'returned', attempt: 3, why: { kind: 'conflict', onto: 't', paths: ['a'] } },
  { kind: 'retrying', attempt: 3 },
  { kind: 'given_up' },
  { kind: 'dropped', by: 't1' },
];

const task = (id: string, status: TaskStatus, more: Partial<LiveTask> = {}): LiveTask => ({
  id,
  title: `The title of ${id}`,
  status,
  since: 0,
  step: null,
  tokens: 0n,
  ...more,
});

const view = (tasks: readonly LiveTask[]): LiveView => ({
  goal: 'g-20260131-abcdef',
  title: 'Add types',
  status: 'running',
  phase: 'agent works',
  task: null,
  attempt: null,
  turn: null,
  tool: null,
  says: null,
  budget: null,
  waitsUntil: null,
  waitsFor: 'usage_limit',
  gates: [
    { id: 'test', state: 'pass', detail: null },
    { id: 'lint', state: 'fail', detail: null },
  ],
  tasks,
  startedAt: 0,
});

const terminal = { columns: 80, rows: 24, colour: false, now: 72_000 };

test('each task has a line with its state, since when, its tokens and what its agent does', () => {
  const tasks = [
    task('t1', { kind: 'integrated', attempt: 1, commit: 'c', tree: 't' }, { tokens: 12_345n }),
    task('t2', { kind: 'working', attempt: 2 }, { step: 'Edit src/b.js', since: 60_000, tokens: 950n }),
    task('t10', { kind: 'queued', attempt: 3, candidate: 'c' }),
  ];
  assert.deepEqual(renderLive(view(tasks), terminal), [
    'running  1m 12s  g-20260131-abcdef',
    'Add types',
    '  ✓ t1   landed      1m 12s   12.3k  The title of t1',
    '  ▸ t2   working        12s     950  Edit src/b.js',
    '  · t10  queued      1m 12s          The title of t10',
    '  queue    t10 waits; 1 of 3 landed',
    '  gates    ✗ lint  ✓ test',
    '  budget: no limit',
  ]);
});

test('twenty tasks fit into 80 x 24 and take as many lines whatever they do; those that matter stay', () => {
  const any = fc.record({ status: fc.constantFrom(...STATUSES), step: fc.option(fc.string({ unit: 'grapheme' })) });
  fc.assert(
    fc.property(fc.array(any, { minLength: 20, maxLength: 20 }), fc.option(fc.string()), (made, budget) => {
      const tasks = made.map(({ status, step }, index) => task(`t${index + 1}`, status, { step }));
      const lines = renderLive(
        { ...view(tasks), budget: budget === null ? null : { kind: 'invalid', text: budget } },
        terminal,
      );
      assert.equal(lines.length, 23);
      for (const line of lines) assert.ok(stringWidth(line) <= 80 && !line.includes('\n'));
      const working = tasks.filter(({ status }) => status.kind === 'working').slice(0, 17);
      for (const { id } of working) assert.ok(lines.some((line) => line.startsWith(`  ▸ ${id} `)));
    }),
  );
});

test('what an agent does is shown at its task, until the task is elsewhere', () => {
  const tasks = [task('t1', { kind: 'working', attempt: 3 }), task('t2', { kind: 'working', attempt: 4 })];
  const activity = { kind: 'tool', id: '1', title: 'npm test', status: 'in_progress' } as const;
  const after = trackTasks(tasks, { kind: 'activity', attempt: 4, turn: 1, activity });
  assert.deepEqual(
    after.map(({ step }) => step),
    [null, 'npm test'],
  );
});
