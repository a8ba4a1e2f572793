import { hash } from 'node:crypto';
import type { Measurement } from '../../domain/gates/evidence.ts';
import type { GateSpec } from '../../domain/gates/gate.ts';
import type { GoalEvent } from '../../domain/goal/event.ts';
import type { BlobRef } from '../../domain/ids.ts';
import { readPlaces } from '../../domain/log/places.ts';
import { upcast } from '../../domain/log/upcast.ts';
import { parseLine } from '../log/parse-line.ts';
import { hashOf, NO_HASH, pack, seal } from '../log/seal.ts';
import type { LogLine } from '../port.ts';

const blobs = new Map<string, Uint8Array>();

function blob(text: string): BlobRef {
  const content = Buffer.from(text);
  const sha256 = hash('sha256', content, 'hex');
  blobs.set(sha256, content);
  return { sha256, bytes: content.length, truncated: false };
}

export const sampleBlob = async (sha256: string): Promise<Uint8Array | null> => blobs.get(sha256) ?? null;

const BASE = 'b'.repeat(40);
const CANDIDATE = 'c'.repeat(40);

const gate: GateSpec = {
  id: 'test',
  argv: ['npm', 'run', 'the tests'],
  cwd: '.',
  env: { CI: '1' },
  timeoutMs: 600_000,
  required: true,
  skip: false,
  network: false,
  kind: 'test',
  reader: 'node-test',
  source: { kind: 'file', path: '.omk/gates.toml', blob: 'd'.repeat(40) },
};

export const measurement = (more: Partial<Measurement>): Measurement => ({
  gate: 'test',
  purpose: 'baseline',
  round: 1,
  tree: BASE,
  canary: null,
  outcome: { kind: 'exited', code: 1 },
  report: {
    kind: 'tests',
    reader: 'node-test',
    tests: { passed: [], failed: ['it adds'], skipped: [] },
    blob: blob('report'),
  },
  changed: [],
  created: [],
  stdout: blob('out\n'),
  stderr: blob('err\n'),
  tail: 'err',
  argv: ['npm', 'run', 'the tests'],
  envNames: ['CI'],
  tools: { node: '26.10.0' },
  sandbox: { kind: 'none', why: 'a test' },
  layer: null,
  startedAt: '2026-01-31T12:00:00.000Z',
  durationMs: 12,
  ...more,
});

/** A whole run as its events: a red baseline, a turn, a question, and an end that is not ready. */
export const sampleEvents: readonly GoalEvent[] = [
  {
    type: 'goal.created',
    data: {
      goal: 'g-1',
      prompt: 'Make it add.\n# Not a heading\n',
      title: 'Make it\nadd',
      repository: {
        id: 'r',
        root: '/home/u/r',
        commit: 'a'.repeat(40),
        tree: BASE,
        branch: 'main',
        objectFormat: 'sha1',
        dirty: true,
      },
      agent: { name: 'scripted', preset: null, argv: ['node', 'agent.js'] },
      options: {
        checks: [],
        knownRed: ['lint'],
        allowNoChange: false,
        maxAttempts: 4,
        maxTurns: 12,
        turnTimeoutMs: 1000,
        idleTimeoutMs: 500,
      },
      omk: '1.0.0',
    },
  },
  {
    type: 'policy.resolved',
    data: { policy: { gates: [gate], file: { path: '.omk/gates.toml', blob: 'd'.repeat(40) } } },
  },
  { type: 'dependencies.prepared', data: { layer: null, detail: 'No manifest.' } },
  { type: 'gate.measured', data: measurement({}) },
  { type: 'gate.measured', data: measurement({ round: 2 }) },
  {
    type: 'plan.made',
    data: {
      plan: {
        criteria: [{ id: 'c1', text: 'gate `test` passes', kind: 'test', gate: 'test' }],
        tasks: [{ id: 't1', title: 'Add', brief: 'Add.', needs: [], writes: ['src/**'], criteria: ['c1'] }],
      },
      refused: ['check-1'],
    },
  },
  { type: 'attempt.started', data: { attempt: 1, task: 't1', worktree: '/state/w/1' } },
  { type: 'turn.started', data: { attempt: 1, turn: 1, prompt: blob('Please add.') } },
  { type: 'session.opened', data: { attempt: 1, turn: 1, session: 's1' } },
  {
    type: 'turn.ended',
    data: {
      attempt: 1,
      turn: 1,
      outcome: { kind: 'completed', stopReason: 'end_turn' },
      session: 's1',
      stream: blob('{"jsonrpc":"2.0"}\n'),
      stderr: null,
      sandbox: { kind: 'none', why: 'a test' },
      claimedUsage: { inputTokens: 3 },
      permissions: [
        { title: 'read', decision: 'allowed', reason: 'inside the worktree' },
        { title: 'write \u001b[31m/etc/passwd', decision: 'refused', reason: 'outside the worktree' },
      ],
      durationMs: 99,
    },
  },
  {
    type: 'snapshot.taken',
    data: {
      attempt: 1,
      turn: 1,
      snapshot: {
        candidate: CANDIDATE,
        salvage: CANDIDATE,
        ref: 'refs/x',
        refused: [],
        ignored: [],
        special: [],
        overCap: [],
      },
    },
  },
  {
    type: 'candidate.examined',
    data: {
      candidate: CANDIDATE,
      changes: [{ path: 'a.js', change: 'modified', oldMode: '100644', newMode: '100644' }],
      contract: { tree: CANDIDATE, recipe: { kind: 'as_is' } },
      contractChanges: [{ path: 'a.test.js', change: 'edited' }],
      extended: [],
      policyPaths: [],
      patch: blob('diff --git a/a.js b/a.js\n'),
    },
  },
  {
    type: 'question.asked',
    data: {
      question: {
        id: 'q1',
        code: 'contract_changed',
        text: 'It edits a test.',
        subject: CANDIDATE,
        paths: ['a.test.js'],
      },
    },
  },
  { type: 'question.answered', data: { question: 'q1', answer: { kind: 'reject', note: 'no' } } },
  { type: 'attempt.ended', data: { attempt: 1, why: 'turns_spent' } },
  {
    type: 'goal.ended',
    data: {
      status: 'not_ready',
      gaps: [
        { kind: 'blocking', code: 'G_GATE_FAILED', subject: 'test', text: 'Gate test fails.', fix: 'omk goal resume' },
      ],
      failure: null,
    },
  },
  { type: 'goal.resumed', data: { why: 'asked' } },
  { type: 'goal.cancelled', data: { why: 'enough' } },
];

/** Lines as the store would give them. */
export function logOf(events: readonly GoalEvent[]): readonly LogLine[] {
  const lines: LogLine[] = [];
  for (const [seq, event] of events.entries()) {
    const before = lines.at(-1);
    const line = seal(
      pack(event),
      seq,
      new Date(1_769_860_800_000 + seq).toISOString(),
      before ? hashOf(before.line) : NO_HASH,
    );
    const { places } = pack(event);
    lines.push({ event: upcast(parseLine('g-1', seq, line), readPlaces(places)), line });
  }
  return lines;
}
