import type { Measurement, TestOutcomes } from '../../domain/gates/evidence.ts';
import type { GatePolicy, GateSpec } from '../../domain/gates/gate.ts';
import type { GoalEvent, LoggedEvent } from '../../domain/goal/event.ts';
import { fold } from '../../domain/transition/evolve.ts';
import { readiness } from '../../domain/judge/readiness.ts';
import type { DataOf } from '../../domain/goal/state.ts';
import type { BlobRef, TreeId } from '../../domain/ids.ts';
import { hashOf, NO_HASH, pack, seal } from '../../store/log/seal.ts';
import type { LogLine } from '../../store/port.ts';
import { sha256Hex } from '../format/bytes.ts';
import { CURRENT_RULES } from '../rules/current.ts';
import { objectId } from '../verify/git/tree-id.ts';
import { memoryRepository, type Content, type MemoryRepository } from './repository.ts';

export const BASE = 'b'.repeat(40);
export const HEAD = 'c'.repeat(40);
const GATE_FILE = '[[gates]]\nname = "unit"\ncommand = "node"\nargs = ["--test"]\n';
export const GATE_BLOB = objectId('blob', new TextEncoder().encode(GATE_FILE), 40);

const BASE_FILES: Content = {
  '.omk/gates.toml': GATE_FILE,
  'package.json': '{"name":"sum"}\n',
  'src/sum.js': 'export const sum = (a, b) => a - b;\n',
  'test/sum.test.js': "test('adds', () => {});\n",
};
export const FIXED: Content = { ...BASE_FILES, 'src/sum.js': 'export const sum = (a, b) => a + b;\n' };

const gate = (id: string): GateSpec => ({
  id,
  argv: ['node', '--test'],
  cwd: '.',
  env: {},
  timeoutMs: 60_000,
  required: true,
  skip: false,
  network: false,
  kind: 'test',
  reader: 'node-test',
  source: { kind: 'file', path: '.omk/gates.toml', blob: GATE_BLOB },
});

export interface TestGoal {
  /** Without the terminal event. */
  readonly events: readonly GoalEvent[];
  readonly repository: MemoryRepository;
  readonly blobs: Map<string, Uint8Array>;
  readonly patch: Uint8Array;
  readonly base: TreeId;
  readonly candidate: TreeId;
}

/** A goal that mends a red test, up to just before its end: two gates, one attempt, one turn, a commit. */
export function fixedGoal(candidateFiles: Content = FIXED): TestGoal {
  const policy: GatePolicy = {
    gates: [gate('unit'), { ...gate('lint'), reader: 'exit_only', kind: 'command' }],
    file: { path: '.omk/gates.toml', blob: GATE_BLOB },
  };
  const repository = memoryRepository(policy);
  const base = repository.add(BASE_FILES);
  const candidate = repository.add(candidateFiles);
  repository.commit(BASE, base, []);
  repository.commit(HEAD, candidate, [BASE]);
  const patch = repository.patch('diff --git a/src/sum.js b/src/sum.js\n-minus\n+plus\n', base, candidate);
  const blobs = new Map<string, Uint8Array>();
  const put = (text: string): BlobRef => {
    const content = new TextEncoder().encode(text);
    blobs.set(sha256Hex(content), content);
    return { sha256: sha256Hex(content), bytes: content.length, truncated: false };
  };
  blobs.set(sha256Hex(patch), patch);
  const patchRef: BlobRef = { sha256: sha256Hex(patch), bytes: patch.length, truncated: false };

  const measure = (
    id: string,
    purpose: Measurement['purpose'],
    round: number,
    tree: TreeId,
    tests: TestOutcomes | null,
    code: number,
  ): GoalEvent => ({
    type: 'gate.measured',
    data: {
      gate: id,
      purpose,
      round,
      tree,
      canary: purpose === 'canary' ? { file: 'test/sum.test.js', name: 'omk-canary-1f' } : null,
      outcome: { kind: 'exited', code },
      report: tests
        ? { kind: 'tests', reader: 'node-test', tests, blob: put(`report ${id} ${purpose} ${round}`) }
        : { kind: 'exit_only' },
      changed: [],
      created: [],
      stdout: put(`stdout ${id} ${purpose} ${round}`),
      stderr: put(''),
      tail: 'the tail',
      argv: ['node', '--test'],
      envNames: ['HOME', 'PATH'],
      tools: { node: 'v26.10.0' },
      sandbox: { kind: 'bubblewrap', version: '0.8.0', network: false },
      layer: null,
      startedAt: '2026-01-31T12:00:00.000Z',
      durationMs: 12,
    },
  });
  const red: TestOutcomes = { passed: ['exists'], failed: ['adds'], skipped: [] };
  const green: TestOutcomes = { passed: ['adds', 'exists'], failed: [], skipped: [] };

  const events: readonly GoalEvent[] = [
    {
      type: 'goal.created',
      data: {
        goal: 'g-20260131-abc234',
        prompt: 'Make the failing test pass',
        title: 'Make the failing test pass',
        repository: {
          id: '0123456789abcdef',
          root: '/home/user/sum',
          commit: BASE,
          tree: base,
          branch: 'main',
          objectFormat: 'sha1',
          dirty: false,
        },
        agent: { name: 'scripted', preset: null, argv: ['agent'] },
        options: {
          checks: [],
          knownRed: [],
          allowNoChange: false,
          maxAttempts: 4,
          maxTurns: 8,
          turnTimeoutMs: 1000,
          idleTimeoutMs: 1000,
        },
        omk: '1.0.0',
      },
    },
    { type: 'policy.resolved', data: { policy } },
    { type: 'dependencies.prepared', data: { layer: null, detail: 'none declared' } },
    measure('unit', 'baseline', 1, base, red, 1),
    measure('unit', 'baseline', 2, base, red, 1),
    measure('lint', 'baseline', 1, base, null, 0),
    measure('lint', 'baseline', 2, base, null, 0),
    {
      type: 'plan.made',
      data: {
        plan: {
          criteria: [{ id: 'c-unit', text: 'unit is green', kind: 'test', gate: 'unit' }],
          tasks: [{ id: 't-1', title: 'Make it pass', brief: '', needs: [], writes: [], criteria: ['c-unit'] }],
        },
        refused: [],
      },
    },
    { type: 'attempt.started', data: { attempt: 1, task: 't-1', worktree: 'w-1' } },
    { type: 'turn.started', data: { attempt: 1, turn: 1, prompt: put('prompt') } },
    {
      type: 'turn.ended',
      data: {
        attempt: 1,
        turn: 1,
        outcome: { kind: 'completed', stopReason: 'end_turn' },
        session: 's-1',
        stream: put('stream'),
        stderr: null,
        sandbox: { kind: 'bubblewrap', version: '0.8.0', network: true },
        claimedUsage: { inputTokens: 10 },
        permissions: [],
        durationMs: 20,
      },
    },
    {
      type: 'snapshot.taken',
      data: {
        attempt: 1,
        turn: 1,
        snapshot: {
          candidate,
          salvage: candidate,
          ref: 'refs/omk/x',
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
        candidate,
        changes: [{ path: 'src/sum.js', change: 'modified', oldMode: '100644', newMode: '100644' }],
        contract: { tree: candidate, recipe: { kind: 'as_is' } },
        contractChanges: [],
        extended: [],
        policyPaths: [],
        rules: CURRENT_RULES,
        patch: patchRef,
      },
    },
    measure('unit', 'contract', 1, candidate, green, 0),
    measure('unit', 'canary', 1, candidate, { passed: ['adds', 'exists'], failed: ['omk-canary-1f'], skipped: [] }, 1),
    measure('lint', 'contract', 1, candidate, null, 0),
    { type: 'attempt.ended', data: { attempt: 1, why: 'accepted' } },
    { type: 'goal.integrated', data: { tree: candidate, commit: HEAD, ref: 'refs/omk/goals/g/result' } },
  ];
  return { events, repository, blobs, patch, base, candidate };
}

/** The terminal event as the engine records it. */
export const ending = (events: readonly GoalEvent[], status: DataOf<'goal.ended'>['status']): GoalEvent => ({
  type: 'goal.ended',
  data: { status, gaps: readiness(fold(events)), failure: null, rules: CURRENT_RULES },
});

/** A log as the store writes it: canonical, chained, a second apart. Large parts of events come into `parts`. */
export function toLines(events: readonly GoalEvent[], parts = new Map<string, Uint8Array>()): readonly LogLine[] {
  let prev = NO_HASH;
  return events.map((event, seq) => {
    const packed = pack(event);
    for (const [sha256, text] of packed.blobs) parts.set(sha256, Buffer.from(text));
    const ts = new Date(Date.UTC(2026, 0, 31, 12, 0, seq)).toISOString();
    const line = seal(packed, seq, ts, prev);
    const logged: LoggedEvent = { ...event, v: 2, seq, ts, prev };
    prev = hashOf(line);
    return { event: logged, line };
  });
}
