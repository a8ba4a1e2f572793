import type { JudgedGate, JudgeResult } from '../../../app/judge/judge.ts';
import { examinedOf, FIX } from '../../../domain/testing/build.ts';

/** A gate that passes, and a judgement of a change that is ready: tests change what they are about. */
export const gate: JudgedGate = {
  id: 'test',
  required: true,
  command: 'npm test',
  folder: '.',
  verdict: { kind: 'pass' },
  missing: [],
  flaky: [],
  passed: 3,
};
export const levels: JudgeResult['levels'] = {
  noRegression: true,
  fixes: 0,
  shallow: 0,
  guards: 0,
  checks: 0,
  heldOut: false,
  contractUnchanged: true,
};
export const none = {
  fixes: [],
  guards: [],
  byAuthor: [],
  silent: [],
  idle: [],
  unseen: [],
  shallow: [],
  untried: [],
  emptied: true,
};
export const result: JudgeResult = {
  goal: 'g-20260131-abcdef',
  status: 'ready',
  exit: 0,
  expect: 'no-regression',
  change: { name: 'main..x', tree: FIX, commit: null },
  base: { commit: 'b'.repeat(40), tree: 'c'.repeat(40), why: 'the merge base' },
  levels,
  tests: null,
  gates: [gate],
  gaps: [],
  limits: [],
  question: null,
  notAsked: [],
  failure: null,
  examined: examinedOf(FIX),
  leftOut: [],
  runs: { all: 4, cached: 1, executedMs: 0 },
  ms: 12_000,
  folder: '/state/g',
};
