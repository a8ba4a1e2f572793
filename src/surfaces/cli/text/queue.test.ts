import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { failed, left, notStarted, worked, type Outcome } from '../../../app/backlog/outcome.ts';
import type { KnownEntry } from '../../../app/backlog/read.ts';
import { OmkError } from '../../../domain/error.ts';
import { EMPTY_STATE, type GoalState } from '../../../domain/goal/state.ts';
import type { Status } from '../../../domain/status.ts';
import { outcomeJson, plannedLines, queueExit, queueJson, queueLines, skippedLines, standingWord } from './queue.ts';

const entry = (where: string, prompt = 'Add a flag\nand a test'): KnownEntry => ({
  where,
  prompt,
  digest: 'd'.repeat(64),
});
const is = (status: Status): GoalState => ({ ...EMPTY_STATE, status });
const one = entry('todo.md:1');
const goal = 'g-20260131-abcdef';
const error = new OmkError('FORGE_ARCHIVED', 'No token', 'set GITHUB_TOKEN', { exit: 4 });

suite('how an entry stands', () => {
  const WORDS: readonly (readonly [string, Outcome, number])[] = [
    ['ready', worked(one, goal, is('ready'), null), 0],
    ['not_ready', worked(one, goal, is('not_ready'), null), 3],
    ['ready before', left(one, null, { goal, state: is('ready') }), 0],
    ['running', left(one, 'another process', { goal }), 2],
    ['failed', failed(one, error), 4],
    ['failed', failed(one, new Error('a bug')), 1],
    ['not started', notStarted(one, 'the budget is spent'), 0],
  ];
  for (const [word, outcome, exit] of WORDS)
    test(`${word}, ${outcome.did}, exit ${exit}`, () => {
      assert.equal(standingWord(outcome), word);
      assert.equal(outcomeJson(outcome).exit, exit);
    });
  test('a result that is ready stays ready where it could not be delivered', () =>
    assert.equal(standingWord(failed(one, error, { goal, state: is('ready') })), 'ready'));
});

suite('the exit code of a queue', () => {
  const ready = worked(one, goal, is('ready'), null);
  test('is that of its worst goal', () => {
    assert.equal(queueExit({ outcomes: [ready], stopped: null }), 0);
    assert.equal(queueExit({ outcomes: [ready, worked(one, goal, is('not_ready'), null)], stopped: null }), 3);
  });
  test('says why not all were started', () => {
    assert.equal(queueExit({ outcomes: [ready], stopped: 'person' }), 130);
    assert.equal(queueExit({ outcomes: [ready], stopped: 'budget' }), 5);
    assert.equal(queueExit({ outcomes: [ready], stopped: 'failures' }), 0);
  });
});

test('the end of a queue counts, and says how to go on', () => {
  const result = {
    outcomes: [worked(one, goal, is('ready'), null), notStarted(entry('todo.md:2'), 'time is up')],
    stopped: 'time',
  } as const;
  assert.deepEqual(queueLines('todo.md', result, 72_000, { columns: null }), [
    '',
    'queue todo.md: 2 goals, 1 ready, 1 not started (1m 12s)',
    '  not started: time is up; run the same command to continue',
    `  ready        ${goal}  omk goal apply ${goal}  Add a flag`,
    `  not started  ${' '.repeat(goal.length)}  ${' '.repeat(`omk goal apply ${goal}`.length)}  Add a flag`,
  ]);
  const narrow = queueLines('todo.md', result, 0, { columns: 20 });
  assert.ok(narrow.every((line) => line.length <= 140));
});

test('a program reads the same with codes, and a bug is called one', () => {
  const { goals, exit } = queueJson(
    { outcomes: [failed(one, error), failed(one, new Error('a bug'))], stopped: null },
    4,
  );
  assert.equal(exit, 4);
  assert.deepEqual(goals[0]?.error, { code: 'FORGE_ARCHIVED', message: 'No token', fix: 'set GITHUB_TOKEN' });
  assert.deepEqual(goals[1]?.error, { code: 'INTERNAL', message: 'a bug', fix: 'omk doctor --json' });
});

test('what is left out of a source is said', () => {
  const two = entry('todo.md:9');
  assert.deepEqual(skippedLines({ entries: [], ticked: 1, twice: [{ entry: two, as: one }] }), [
    'note: 1 goal ticked by hand is left out',
    'note: todo.md:9 repeats todo.md:1: it is worked on once',
  ]);
  assert.deepEqual(skippedLines({ entries: [], ticked: 0, twice: [] }), []);
});

test('a dry run says what would become of each goal', () => {
  const planned = [{ entry: one, standing: { kind: 'start' } as const }];
  assert.deepEqual(plannedLines(planned, { columns: null, json: false }), [
    'would  goal  entry      title',
    'start        todo.md:1  Add a flag',
  ]);
  const [read] = JSON.parse(plannedLines(planned, { columns: null, json: true })[0] ?? '[]');
  assert.deepEqual(read, {
    entry: 'todo.md:1',
    title: 'Add a flag',
    digest: 'd'.repeat(64),
    goal: null,
    would: 'start',
  });
});
