import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { GoalEvent } from '../../../domain/goal/event.ts';
import {
  BLOB,
  created,
  examinedOf,
  FIX,
  gateSpec,
  givenOf,
  measurement,
  observedAs,
  policyOf,
  shows,
  snapshotOf,
  turnEnded,
} from '../../../domain/testing/build.ts';
import { plainLine } from './plain.ts';

const T = 'abcdef0123456789';
const at = { attempt: 1, turn: 2 };
const task = { id: 't2', title: 'Add\na flag', brief: '', needs: [], writes: [], criteria: [] };
const moment = {
  status: 'running',
  phase: 'executing',
  at: '2026-01-01T00:00:00.000Z',
  budget: { time: null, tokens: '100', picoUsd: null },
  elapsedSecs: '90',
  usedTokens: '120',
  usedPicoUsd: '1500000000000',
} as const;
const waits = { ...at, until: '2026-01-01T00:00:00.000Z', detail: '429' };
const pullRequest = { number: 7, url: 'https://x/7', branch: 'b', base: 'main', commit: T, draft: false };
const usage = {
  ...at,
  key: 's#1',
  sessionType: 'attempt',
  name: 'attempt-1',
  reporting: 'turn',
  model: null,
  cachedTokens: null,
  picoUsd: null,
  priced: null,
} as const;
const document = {
  criteria: [],
  tasks: [
    { id: 't1', title: 'x' },
    { id: 't2', title: 'y' },
  ],
};

const LINES: readonly (readonly [line: string, event: GoalEvent])[] = [
  [
    'goal g-20260131-abcdef: Make it work (base cccccccccccc, agent scripted)',
    { type: 'goal.created', data: created() },
  ],
  [
    'goal g-20260131-abcdef: Make it work (base cccccccccccc, main..feature, tree 666978000000)',
    { type: 'goal.created', data: created({}, givenOf(FIX)) },
  ],
  ['gates from detection: test', { type: 'policy.resolved', data: { policy: policyOf(gateSpec()) } }],
  [
    'gates from .omk/gates.toml: none',
    { type: 'policy.resolved', data: { policy: { gates: [], file: { path: '.omk/gates.toml', blob: 'a' } } } },
  ],
  [
    'dependencies: nothing to install',
    { type: 'dependencies.prepared', data: { layer: null, detail: 'nothing\nto install' } },
  ],
  [
    'gate test (baseline 1) on 666978000000: exit 1, 1 passed, 2 failed, 1 skipped, in 0.0s',
    {
      type: 'gate.measured',
      data: measurement({ purpose: 'baseline', ...shows({ passed: ['a'], failed: ['b', 'c'], skipped: ['d'] }) }),
    },
  ],
  [
    'gate test (canary) on 666978000000: the planted tests fail, as they must, in 0.0s',
    {
      type: 'gate.measured',
      data: measurement({ purpose: 'canary', canary: { file: 'f', name: 'p' }, ...shows({ failed: ['f > p'] }) }),
    },
  ],
  [
    'gate test (canary) on 666978000000: a planted test was not reported as failed, in 0.0s',
    {
      type: 'gate.measured',
      data: measurement({
        purpose: 'canary',
        canary: { file: 'f', name: 'p', names: ['q'] },
        ...shows({ failed: ['f > p'] }),
      }),
    },
  ],
  [
    'gate test (contract) on 666978000000: ended by SIGSEGV, in 0.0s',
    {
      type: 'gate.measured',
      data: measurement({ outcome: { kind: 'signalled', signal: 'SIGSEGV' }, report: { kind: 'exit_only' } }),
    },
  ],
  ['checks added: test', { type: 'checks.added', data: { gates: [gateSpec()] } }],
  ['facts of tree abcdef012345: 1 of 2 hold', { type: 'facts.read', data: { tree: T, holds: [true, false] } }],
  [
    'capture 1 on tree 666978000000, run 2: exit 000000000000, stdout 6f7574000000',
    { type: 'command.observed', data: observedAs({ of: 'capture', place: 0, tree: FIX, round: 2 }) },
  ],
  [
    'timing 1 on tree 666978000000, run 1: 250 ms',
    { type: 'command.observed', data: observedAs({ of: 'timing', place: 0, tree: FIX, round: 1 }, 'out', 250) },
  ],
  [
    'plan: 1 task, done when it adds; refused as criteria: ./x',
    {
      type: 'plan.made',
      data: {
        plan: { criteria: [{ id: 'c', text: 'it adds', kind: 'test', gate: 'test' }], tasks: [task] },
        refused: ['./x'],
      },
    },
  ],
  [
    'plan: 0 tasks; nothing shows yet when it is done',
    { type: 'plan.made', data: { plan: { criteria: [], tasks: [] }, refused: [] } },
  ],
  [
    'plan: 0 tasks, done when held-out checks pass, new tests fail without the change',
    { type: 'plan.made', data: { plan: { criteria: [], tasks: [], heldOut: true, ownTests: true }, refused: [] } },
  ],
  [
    'plan: 0 tasks, done when tests that another session writes pass',
    {
      type: 'plan.made',
      data: { plan: { criteria: [], tasks: [], heldOut: true, ownTests: true, oracle: 'agent' }, refused: [] },
    },
  ],
  [
    'question q1 is not asked again: the same changes were accepted in q0',
    {
      type: 'question.asked',
      data: { question: { id: 'q1', code: 'contract_changed', subject: T, text: 'Is it?', paths: [] }, as: ['q0'] },
    },
  ],
  [
    'question q1 answered: reject',
    { type: 'question.answered', data: { question: 'q1', answer: { kind: 'reject', note: '' } } },
  ],
  [
    'question q1 answered: reject, too slow',
    { type: 'question.answered', data: { question: 'q1', answer: { kind: 'reject', note: 'too\nslow' } } },
  ],
  [
    'question q1 answered: choice 2',
    { type: 'question.answered', data: { question: 'q1', answer: { kind: 'choice', option: 1 } } },
  ],
  [
    'question q1 answered: Both.',
    { type: 'question.answered', data: { question: 'q1', answer: { kind: 'text', text: 'Both.' } } },
  ],
  [
    'question q1 answered: known red lint',
    { type: 'question.answered', data: { question: 'q1', answer: { kind: 'known_red', gates: ['lint'] } } },
  ],
  [
    'question q1 answered: checks npm test',
    { type: 'question.answered', data: { question: 'q1', answer: { kind: 'checks', checks: ['npm test'] } } },
  ],
  ['attempt 1: started on task t1', { type: 'attempt.started', data: { attempt: 1, task: 't1', worktree: '/w' } }],
  [
    'attempt 3: started on task t1, with the other agent, asked for less',
    {
      type: 'attempt.started',
      data: { attempt: 3, task: 't1', worktree: '/w', agent: 'fallback', rung: 'smaller' },
    },
  ],
  [
    'attempt 1: makes the plan',
    { type: 'attempt.started', data: { attempt: 1, task: 't1', worktree: '/w', role: 'planner' } },
  ],
  [
    'attempt 1: writes checks of the goal',
    { type: 'attempt.started', data: { attempt: 1, task: 't1', worktree: '/w', role: 'oracle' } },
  ],
  [
    'attempt 1, turn 2: plan refused: no tasks',
    { type: 'plan.submitted', data: { ...at, kind: 'refused', why: ['no tasks'] } },
  ],
  [
    'attempt 1, turn 2: submitted a plan of 2 tasks',
    { type: 'plan.submitted', data: { ...at, kind: 'read', document, sha256: T } },
  ],
  ['a person rewrote the plan: 2 tasks', { type: 'plan.edited', data: { document, sha256: T } }],
  ['a person approved abcdef012345', { type: 'plan.approved', data: { plan: T } }],
  ['a person approved the plan', { type: 'plan.approved', data: {} }],
  ['a person refused the plan: too large', { type: 'plan.rejected', data: { why: 'too\nlarge' } }],
  [
    'another session reviews checks that may be wrong: a.test.js',
    { type: 'checks.disputed', data: { commitment: T, paths: ['a.test.js'], why: [] } },
  ],
  [
    'attempt 1, turn 2: checks refused: no test, no note',
    { type: 'checks.submitted', data: { ...at, tree: T, kind: 'refused', why: ['no test', 'no note'] } },
  ],
  ['attempt 1, turn 2: the agent works', { type: 'turn.started', data: { ...at, prompt: BLOB } }],
  ['attempt 1, turn 2: session s 1', { type: 'session.opened', data: { ...at, session: 's\n1' } }],
  [
    'attempt 1, turn 2: agent failed, which reads like a usage limit: 429 after 0.0s',
    {
      type: 'turn.ended',
      data: turnEnded(1, 2, { kind: 'unavailable', reason: 'usage_limit', said: true, detail: '429' }),
    },
  ],
  [
    'attempt 1, turn 2: cancelled after 0.0s; 12 bytes of its output were not protocol messages: oops',
    { type: 'turn.ended', data: { ...turnEnded(1, 2, { kind: 'cancelled' }), stray: { bytes: 12, first: 'oops' } } },
  ],
  [
    'attempt 1, turn 2: interrupted',
    { type: 'turn.ended', data: { ...turnEnded(1, 2, { kind: 'interrupted' }), durationMs: 0 } },
  ],
  [
    'attempt 1, turn 2: snapshot is tree 666978000000; outside of its write set, left out: docs/a.md',
    { type: 'snapshot.taken', data: { ...at, snapshot: snapshotOf(FIX, { outside: ['docs/a.md'] }) } },
  ],
  [
    'tree 666978000000: 0 files changed; policy changed: .omk/gates.toml',
    { type: 'candidate.examined', data: examinedOf(FIX, { policyPaths: ['.omk/gates.toml'] }) },
  ],
  [
    'tree 666978000000: 2 functions emptied, to check that its tests fail',
    { type: 'candidate.hollowed', data: { candidate: FIX, tree: T, how: 'emptied', functions: [], count: 2 } },
  ],
  [
    'tree 666978000000: everything except its tests reverted, to check that its tests fail',
    { type: 'candidate.hollowed', data: { candidate: FIX, tree: T, how: 'taken_back', functions: [], count: 0 } },
  ],
  [
    'tree 666978000000: only tests changed',
    { type: 'candidate.hollowed', data: { candidate: FIX, tree: null, how: 'taken_back', functions: [], count: 0 } },
  ],
  ['attempt 1: ended, no progress', { type: 'attempt.ended', data: { attempt: 1, why: 'no_progress' } }],
  [
    'tree 666978000000 merged onto abcdef012345: tree 666978000000, package-lock.json regenerated',
    {
      type: 'trees.merged',
      data: { onto: T, base: T, candidate: FIX, merged: { kind: 'clean', tree: FIX, remade: ['package-lock.json'] } },
    },
  ],
  [
    'tree 666978000000 merged onto abcdef012345: conflicts in a.js',
    { type: 'trees.merged', data: { onto: T, base: T, candidate: FIX, merged: { kind: 'conflict', paths: ['a.js'] } } },
  ],
  [
    'task t1 integrated as abcdef012345',
    {
      type: 'tasks.integrated',
      data: { tree: T, ref: 'r', tasks: [{ task: 't1', attempt: 1, candidate: T, tree: T, commit: T }] },
    },
  ],
  [
    'task t1 returned: conflicts in a.js',
    { type: 'task.returned', data: { task: 't1', attempt: 1, why: { kind: 'conflict', onto: T, paths: ['a.js'] } } },
  ],
  ['task t1 given up: no attempt is left', { type: 'task.given_up', data: { task: 't1' } }],
  [
    'task t2 added, as attempt 1 proposed: Add a flag',
    { type: 'task.proposed', data: { ...at, proposal: null, ruling: { kind: 'accepted', task } } },
  ],
  [
    'attempt 1: the task it proposed is refused: too many',
    { type: 'task.proposed', data: { ...at, proposal: null, ruling: { kind: 'refused', why: 'too many' } } },
  ],
  [
    'tree 666978000000: changes no test of the head',
    { type: 'tests.laid', data: { start: T, candidate: FIX, tree: FIX, edits: [], changes: [], rules: 'judge/1' } },
  ],
  [
    'tree 666978000000: as in the head while its tests judge: a.test.js',
    {
      type: 'tests.laid',
      data: {
        start: T,
        candidate: FIX,
        tree: T,
        edits: [],
        changes: [{ path: 'a.test.js', change: 'edited' }],
        rules: 'judge/1',
      },
    },
  ],
  [
    'task t1 dropped: other tasks already made its change',
    { type: 'task.dropped', data: { task: 't1', why: 'done', head: { commit: T, tree: T } } },
  ],
  ['task t2 added: Add a flag', { type: 'task.added', data: { task } }],
  [
    'held-out checks: x.test.js',
    {
      type: 'held_out.revealed',
      data: { nonce: 'n', files: [{ path: 'x.test.js', mode: '100644', blob: BLOB }], wrong: [] },
    },
  ],
  [
    'integrated: commit abcdef012345 with tree 666978000000',
    { type: 'goal.integrated', data: { tree: FIX, commit: T, ref: 'r' } },
  ],
  [
    'attempt 1, turn 2: 10 tokens in, unknown out (claimed)',
    { type: 'usage.recorded', data: { ...usage, inputTokens: '10', outputTokens: null } },
  ],
  [
    'attempt 1, turn 2: the agent does not say how many tokens it used',
    { type: 'usage.recorded', data: { ...usage, inputTokens: null, outputTokens: null } },
  ],
  [
    'budget at execute completed: 90s, 120 tokens, $1.500000',
    { type: 'budget.checkpoint', data: { ...moment, label: 'execute_completed' } },
  ],
  [
    'budget: no dollars left, before `turn`',
    { type: 'budget.exhausted', data: { ...moment, action: 'turn', source: 'cost' } },
  ],
  [
    'budget: extended by 2h, 50 tokens',
    {
      type: 'budget.extended',
      data: { ...moment, previous: moment.budget, added: { time: '2h', secs: '7200', tokens: '50', picoUsd: null } },
    },
  ],
  [
    "attempt 1, turn 2: waits until 2026-01-01T00:00:00.000Z for the agent's usage limit (as it says): 429",
    { type: 'wait.started', data: { ...waits, told: 'agent' } },
  ],
  [
    "attempt 1, turn 2: waits until 2026-01-01T00:00:00.000Z for the model's service, which does not answer (then it is tried again): 429",
    { type: 'wait.started', data: { ...waits, told: 'backoff', why: 'overloaded' } },
  ],
  ['attempt 1, turn 2: waited 1m 12s', { type: 'wait.ended', data: { ...at, waitedMs: 72_000 } }],
  [
    'stdout can no longer be written (EPIPE); the goal goes on',
    { type: 'output.lost', data: { stream: 'stdout', why: 'EPIPE' } },
  ],
  ['state abcdef012345 (state/2)', { type: 'state.checkpoint', data: { projection: 'state/2', sha256: T } }],
  ['paused: asked', { type: 'goal.paused', data: { why: 'asked' } }],
  ['resumed: asked', { type: 'goal.resumed', data: { why: 'asked' } }],
  ['cancelled: asked', { type: 'goal.cancelled', data: { why: 'asked' } }],
  [
    'pushed: commit abcdef012345 to branch b of github.com/o/r',
    { type: 'delivery.pushed', data: { repository: 'github.com/o/r', branch: 'b', base: 'main', commit: T, tree: T } },
  ],
  ['pull request opened: https://x/7', { type: 'delivery.pr_opened', data: pullRequest }],
  ['pull request updated: https://x/7', { type: 'delivery.pr_updated', data: pullRequest }],
  [
    'pull request merged: https://x/7 as commit abcdef012345, with a tree that was not proven',
    { type: 'delivery.merged', data: { number: 7, url: 'https://x/7', commit: T, tree: T, proven: FIX } },
  ],
  [
    'pull request merged: https://x/7 as commit abcdef012345',
    { type: 'delivery.merged', data: { number: 7, url: 'https://x/7', commit: T, tree: T, proven: T } },
  ],
];

suite('an event as one line', () => {
  for (const [line, event] of LINES) test(line, () => assert.equal(plainLine(event), line));
});
