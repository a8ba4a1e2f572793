import { fc } from './fast-check.ts';
import type { GoalEvent } from '../goal/event.ts';
import type { Answer } from '../evidence/question.ts';
import { TERMINAL_STATUSES, type TerminalStatus } from '../status.ts';
import {
  BASE,
  BLOB,
  checkGate,
  COMPLETED,
  created,
  examinedOf,
  exits,
  FIX,
  gateSpec,
  measurement,
  policyOf,
  shows,
  snapshotOf,
  tree,
  turnEnded,
  observedAs,
} from './build.ts';

const small = fc.integer({ min: 1, max: 3 });
const trees = fc.constantFrom(BASE, FIX, tree('other'));
const questions = fc.constantFrom('q-1', 'q-2');
const tasks = fc.constantFrom('t1', 't2');
const ends = fc.constantFrom(
  ...TERMINAL_STATUSES.filter((status): status is Exclude<TerminalStatus, 'cancelled'> => status !== 'cancelled'),
);

const counts = fc.constantFrom(null, '0', '7', '18446744073709551615', 'x');
const moments = fc.record({
  status: fc.constant('running' as const),
  phase: fc.constant('executing' as const),
  at: fc.constant('2026-01-01T00:00:00.000Z'),
  budget: fc.record({ time: fc.constantFrom(null, '2h', 'soon'), tokens: counts, picoUsd: counts }),
  elapsedSecs: fc.constantFrom('0', '9', '-1'),
  usedTokens: fc.constant('1'),
  usedPicoUsd: fc.constant('1'),
});

const pullRequest = (number: number) => ({
  number,
  url: 'u',
  branch: 'b',
  base: 'main',
  commit: 'd'.repeat(40),
  draft: false,
});

/** One arbitrary for each type of event, so that a new type without one does not compile. */
const BY_TYPE: { readonly [T in GoalEvent['type']]: fc.Arbitrary<Extract<GoalEvent, { type: T }>['data']> } = {
  'goal.created': fc.boolean().map((allowNoChange) => created({ allowNoChange })),
  'policy.resolved': fc
    .constantFrom(policyOf(gateSpec()), policyOf(gateSpec(), checkGate()), policyOf())
    .map((policy) => ({ policy })),
  'dependencies.prepared': fc.constant({ layer: null, detail: 'none' }),
  'gate.measured': fc
    .record({
      purpose: fc.constantFrom(
        'baseline' as const,
        'contract' as const,
        'candidate' as const,
        'canary' as const,
        'hollow' as const,
      ),
      round: fc.constantFrom(1, 2),
      tree: trees,
      shown: fc.constantFrom(shows({ passed: ['a'] }), shows({ failed: ['a'] }), exits(0), exits(1)),
      canary: fc.constantFrom(null, { file: 'a', name: 'a' }),
    })
    .map(({ shown, ...rest }) => measurement({ ...rest, ...shown })),
  'checks.added': fc.constantFrom('check-1', 'check-2', 'test').map((id) => ({ gates: [checkGate(id)] })),
  'checks.submitted': fc.constant({ attempt: 1, turn: 1, tree: BASE, kind: 'refused', why: ['a'] } as const),
  'plan.submitted': fc.constant({ attempt: 1, turn: 1, kind: 'refused', why: ['a'] } as const),
  'plan.edited': fc.constant({
    sha256: 'b'.repeat(64),
    document: { criteria: [{ id: 'c', text: 'x', oracle: true as const }], tasks: [{ id: 't1', title: 'x' }] },
  }),
  'plan.approved': fc.constant({ commitment: 'a'.repeat(64) }),
  'plan.rejected': fc.constant({ why: 'a' }),
  'facts.read': fc.record({ tree: trees, holds: fc.array(fc.boolean(), { maxLength: 2 }) }),
  'command.observed': fc
    .record({ tree: trees, round: fc.constantFrom(1, 2) })
    .map((run) => observedAs({ of: 'capture', place: 0, ...run })),
  'plan.made': fc.tuple(fc.boolean(), fc.subarray(['t1', 't2'])).map(([one, ids]) => ({
    plan: {
      criteria: one ? [{ id: 'c1', text: 'x', kind: 'test' as const, gate: 'test' }] : [],
      tasks: ids.map((id) => ({ id, title: id, brief: '', needs: [], writes: [], criteria: [] })),
    },
    refused: [],
  })),
  'question.asked': fc
    .record({ id: questions, subject: fc.oneof(trees, fc.constant('goal')) })
    .map(({ id, subject }) => ({ question: { id, code: 'contract_changed' as const, subject, text: 'x', paths: [] } })),
  'question.answered': fc.record({
    question: questions,
    answer: fc.constantFrom<Answer>(
      { kind: 'accept' },
      { kind: 'reject', note: 'no' },
      { kind: 'checks', checks: ['x'] },
    ),
  }),
  'attempt.started': fc.record({ attempt: small, task: tasks, worktree: fc.constant('/w') }),
  'turn.started': fc.record({ attempt: small, turn: small, prompt: fc.constant(BLOB) }),
  'session.opened': fc.record({ attempt: small, turn: small, session: fc.constant('s') }),
  'turn.ended': fc
    .tuple(small, small, fc.constantFrom(COMPLETED, { kind: 'interrupted' } as const))
    .map((args) => turnEnded(...args)),
  'snapshot.taken': fc.record({
    attempt: small,
    turn: small,
    snapshot: trees.map((candidate) => snapshotOf(candidate)),
  }),
  'candidate.examined': trees.map((candidate) => examinedOf(candidate)),
  'candidate.hollowed': fc.tuple(trees, fc.option(trees)).map(([candidate, hollow]) => ({
    candidate,
    tree: hollow,
    how: 'emptied' as const,
    functions: [],
    count: 0,
  })),
  'checks.disputed': fc.record({
    commitment: fc.constant('c'.repeat(64)),
    paths: fc.constant(['a.test.js']),
    why: fc.constant([]),
  }),
  'attempt.ended': fc.record({ attempt: small, why: fc.constantFrom('accepted' as const, 'no_progress' as const) }),
  'trees.merged': fc.record({
    onto: trees,
    base: trees,
    candidate: trees,
    merged: trees.map((merged) => ({ kind: 'clean' as const, tree: merged })),
  }),
  'tasks.integrated': fc.tuple(tasks, small, trees).map(([task, attempt, candidate]) => ({
    tree: candidate,
    ref: 'refs/x',
    tasks: [{ task, attempt, candidate, tree: candidate, commit: 'd'.repeat(40) }],
  })),
  'task.returned': fc.record({
    task: tasks,
    attempt: small,
    why: trees.map((onto) => ({ kind: 'conflict' as const, onto, paths: ['a'] })),
  }),
  'task.given_up': fc.record({ task: tasks }),
  'task.proposed': fc.record({ attempt: small, turn: small }).map((at) => ({
    ...at,
    proposal: null,
    ruling: { kind: 'refused' as const, why: 'x' },
  })),
  'tests.laid': fc.tuple(trees, trees, trees).map(([start, candidate, laid]) => ({
    start,
    candidate,
    tree: laid,
    edits: [],
    changes: [],
    rules: 'judge/1',
  })),
  'task.dropped': fc.record({
    task: tasks,
    why: fc.constant('done' as const),
    head: trees.map((head) => ({ commit: 'd'.repeat(40), tree: head })),
  }),
  'task.added': tasks.map((id) => ({
    task: { id, title: id, brief: '', needs: [], writes: [], criteria: [], origin: { kind: 'final' as const } },
  })),
  'held_out.revealed': fc.constant({
    nonce: 'n',
    files: [{ path: 'test/x.test.js', mode: '100644' as const, blob: BLOB }],
    wrong: [],
  }),
  'goal.integrated': trees.map((integrated) => ({ tree: integrated, commit: 'd'.repeat(40), ref: 'refs/x' })),
  'usage.recorded': fc.record({
    key: fc.constantFrom('s#1', 's#2', 's#3'),
    sessionType: fc.constant('attempt' as const),
    name: fc.constant('attempt-1'),
    attempt: small,
    turn: small,
    reporting: fc.constantFrom('call' as const, 'turn' as const, 'unknown' as const),
    model: fc.constantFrom(null, 'm'),
    inputTokens: counts,
    cachedTokens: counts,
    outputTokens: counts,
    picoUsd: counts,
    priced: fc.constant(null),
  }),
  'budget.checkpoint': moments.map((moment) => ({ ...moment, label: 'execute_completed' as const })),
  'budget.exhausted': moments.map((moment) => ({ ...moment, action: 'turn', source: 'tokens' as const })),
  'budget.extended': moments.map((moment) => ({
    ...moment,
    previous: moment.budget,
    added: { time: null, secs: null, tokens: '1', picoUsd: null },
  })),
  'wait.started': fc.record({
    attempt: small,
    turn: small,
    until: fc.constant('2026-01-01T00:00:00.000Z'),
    told: fc.constant('agent' as const),
    detail: fc.constant('429'),
  }),
  'wait.ended': fc.record({ attempt: small, turn: small, waitedMs: fc.nat() }),
  'output.lost': fc.constant({ stream: 'stdout' as const, why: 'EPIPE' }),
  'state.checkpoint': fc.constant({ projection: 'state/2', sha256: '0'.repeat(64) }),
  'goal.paused': fc.constant({ why: 'x' }),
  'goal.resumed': fc.constant({ why: 'x' }),
  'goal.cancelled': fc.constant({ why: 'x' }),
  'goal.ended': ends.map((status) => ({ status, gaps: [], failure: null })),
  'delivery.pushed': trees.map((tree) => ({
    repository: 'github.com/o/r',
    branch: 'b',
    base: 'main',
    commit: 'd'.repeat(40),
    tree,
  })),
  'delivery.pr_opened': small.map(pullRequest),
  'delivery.pr_updated': small.map(pullRequest),
  'delivery.merged': fc
    .tuple(small, trees)
    .map(([number, tree]) => ({ number, url: 'u', commit: 'd'.repeat(40), tree, proven: tree })),
};

const of = <T extends GoalEvent['type']>(type: T) => BY_TYPE[type].map((data) => ({ type, data }));

const rare = fc.oneof(of('goal.cancelled'), of('goal.ended'), of('goal.paused'), of('goal.created'));
const usual = fc.oneof(
  of('policy.resolved'),
  of('dependencies.prepared'),
  of('gate.measured'),
  of('checks.added'),
  of('facts.read'),
  of('command.observed'),
  of('plan.made'),
  of('question.asked'),
  of('question.answered'),
  of('attempt.started'),
  of('turn.started'),
  of('session.opened'),
  of('turn.ended'),
  of('snapshot.taken'),
  of('candidate.examined'),
  of('attempt.ended'),
  of('goal.integrated'),
  of('trees.merged'),
  of('tasks.integrated'),
  of('task.returned'),
  of('task.given_up'),
  of('held_out.revealed'),
  of('goal.resumed'),
  of('usage.recorded'),
  of('budget.checkpoint'),
  of('budget.exhausted'),
  of('budget.extended'),
  of('wait.started'),
  of('wait.ended'),
  of('state.checkpoint'),
  of('delivery.pushed'),
  of('delivery.pr_opened'),
  of('delivery.pr_updated'),
  of('delivery.merged'),
);

/** Any event, in any order, mostly illegal; most sequences begin with a goal. */
export const anyEvents: fc.Arbitrary<readonly GoalEvent[]> = fc
  .tuple(
    fc.array(fc.oneof({ weight: 5, arbitrary: usual }, { weight: 1, arbitrary: rare }), { maxLength: 60 }),
    fc.integer({ min: 0, max: 9 }),
  )
  .map(([events, begin]) => (begin === 0 ? events : [{ type: 'goal.created', data: created() }, ...events]));
