import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GoalEvent } from '../domain/goal/event.ts';
import { BASE, created, examinedOf, measurement, observedAs, snapshotOf, tree } from '../domain/testing/build.ts';
import { ofTask } from './of-task.ts';

const ONE = tree('one');
const TWO = tree('two');
const MERGED = tree('merged');

const started = (attempt: number, task: string, role?: 'planner'): GoalEvent => ({
  type: 'attempt.started',
  data: { attempt, task, worktree: '', ...(role ? { role } : {}) },
});
const kept = (attempt: number, candidate: string): GoalEvent => ({
  type: 'snapshot.taken',
  data: { attempt, turn: 1, snapshot: snapshotOf(candidate) },
});
const ran = (judged: string): GoalEvent => ({ type: 'gate.measured', data: measurement({ tree: judged }) });

const LOG: readonly GoalEvent[] = [
  { type: 'goal.created', data: created() },
  ran(BASE),
  started(1, 'planner', 'planner'),
  started(2, 't1'),
  started(3, 't2'),
  kept(2, ONE),
  kept(3, TWO),
  {
    type: 'candidate.examined',
    data: { ...examinedOf(ONE), contract: { ...examinedOf(ONE).contract, tree: tree('c') } },
  },
  ran(tree('c')),
  ran(TWO),
  {
    type: 'trees.merged',
    data: { onto: ONE, base: BASE, candidate: TWO, merged: { kind: 'clean', tree: MERGED } },
  },
  ran(MERGED),
  { type: 'task.given_up', data: { task: 't2' } },
  { type: 'facts.read', data: { tree: ONE, holds: [true] } },
  { type: 'facts.read', data: { tree: BASE, holds: [false] } },
  { type: 'command.observed', data: observedAs({ of: 'capture', place: 0, tree: TWO, round: 1 }) },
  {
    type: 'tests.laid',
    data: { start: ONE, candidate: TWO, tree: tree('laid'), edits: [], changes: [], rules: 'judge/1' },
  },
  ran(tree('laid')),
  {
    type: 'task.added',
    data: { task: { id: 't2', title: 'x', brief: '', needs: [], writes: [], criteria: [] } },
  },
];

test('what is about a task is its attempts, the runs on trees made of its work, and what became of it; never the base', () => {
  const of = (task: string) => LOG.flatMap((event, seq) => (ofTask(LOG, task)(event) ? [seq] : []));
  assert.deepEqual(of('t1'), [3, 5, 7, 8, 13]);
  assert.deepEqual(of('t2'), [4, 6, 9, 10, 11, 12, 15, 16, 17, 18]);
  assert.deepEqual(of('planner'), [2]);
  assert.deepEqual(of('t9'), []);
});

test('a tree of another task, from which an attempt started and which it left as it was, stays with that task', () => {
  const events: readonly GoalEvent[] = [
    { type: 'goal.created', data: created() },
    started(1, 't1'),
    kept(1, ONE),
    ran(ONE),
    started(2, 't2'),
    kept(2, ONE),
    { type: 'candidate.examined', data: { ...examinedOf(TWO), contract: { ...examinedOf(TWO).contract, tree: ONE } } },
    started(3, 't3'),
    kept(3, BASE),
    ran(BASE),
  ];
  const of = (task: string) => events.flatMap((event, seq) => (ofTask(events, task)(event) ? [seq] : []));
  assert.deepEqual(of('t1'), [1, 2, 3]);
  assert.deepEqual(of('t2'), [4, 5]);
  assert.deepEqual(of('t3'), [7, 8]);
});
