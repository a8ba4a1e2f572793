import type { CommandRun, Observed } from '../plan/command.ts';
import type { Measurement, TestOutcomes, TestReport } from '../gates/evidence.ts';
import type { GatePolicy, GateSpec } from '../gates/gate.ts';
import type { GoalOptions } from '../goal/event.ts';
import type { DataOf } from '../goal/state.ts';
import type { BlobRef, TreeId } from '../ids.ts';
import type { Given } from '../plan/given.ts';
import type { Snapshot } from '../git/snapshot.ts';
import type { TurnOutcome } from '../agents/agent.ts';

export const BLOB: BlobRef = { sha256: 'e'.repeat(64), bytes: 1, truncated: false };

/** A readable tree id: `tree('fix')` is one tree, always. */
export const tree = (name: string): TreeId =>
  [...Buffer.from(name)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .padEnd(40, '0')
    .slice(0, 40);

export const BASE = tree('base');
export const FIX = tree('fix');

export const gateSpec = (more: Partial<GateSpec> = {}): GateSpec => ({
  id: 'test',
  argv: ['npm', 'test'],
  cwd: '.',
  env: {},
  timeoutMs: 1000,
  required: true,
  skip: false,
  network: false,
  kind: 'test',
  reader: 'node-test',
  source: { kind: 'detected', detector: 'npm', because: 'there is a script' },
  ...more,
});

export const checkGate = (id = 'check-1', more: Partial<GateSpec> = {}): GateSpec =>
  gateSpec({ id, kind: 'command', reader: 'exit_only', source: { kind: 'check', text: `./${id}` }, ...more });

export const policyOf = (...gates: readonly GateSpec[]): GatePolicy => ({ gates, file: null });

export const created = (options: Partial<GoalOptions> = {}, given?: Given): DataOf<'goal.created'> => ({
  goal: 'g-20260131-abcdef',
  prompt: 'Make it work.',
  title: 'Make it work',
  repository: {
    id: 'r',
    root: '/r',
    commit: 'c'.repeat(40),
    tree: BASE,
    branch: 'main',
    objectFormat: 'sha1',
    dirty: false,
  },
  ...(given ? { given } : { agent: { name: 'scripted', preset: null, argv: ['agent'] } }),
  options: {
    checks: [],
    knownRed: [],
    allowNoChange: false,
    maxAttempts: 2,
    maxTurns: 3,
    turnTimeoutMs: 1000,
    idleTimeoutMs: 1000,
    ...options,
  },
  omk: '1.0.0',
});

const tests = (outcomes: Partial<TestOutcomes>, reader: 'node-test' | 'pytest' = 'node-test'): TestReport => ({
  kind: 'tests',
  reader,
  tests: { passed: [], failed: [], skipped: [], ...outcomes },
  blob: BLOB,
});

export const measurement = (more: Partial<Measurement> = {}): Measurement => ({
  gate: 'test',
  purpose: 'contract',
  round: 1,
  tree: FIX,
  canary: null,
  outcome: { kind: 'exited', code: 0 },
  report: tests({ passed: ['adds', 'subtracts'] }),
  changed: [],
  created: [],
  stdout: BLOB,
  stderr: BLOB,
  tail: '',
  argv: ['npm', 'test'],
  envNames: [],
  tools: {},
  sandbox: { kind: 'bubblewrap', version: '0.9', network: false },
  layer: null,
  startedAt: '2026-01-31T12:00:00.000Z',
  durationMs: 1,
  ...more,
});

/** What a run showed: its exit code follows from the report. */
export type Shown = Pick<Measurement, 'outcome' | 'report'> & Partial<Measurement>;

export const shows = (outcomes: Partial<TestOutcomes>, more: Partial<Measurement> = {}): Shown => ({
  outcome: { kind: 'exited', code: (outcomes.failed ?? []).length > 0 ? 1 : 0 },
  report: tests(outcomes),
  ...more,
});

export const exits = (code: number): Shown => ({ outcome: { kind: 'exited', code }, report: { kind: 'exit_only' } });

export const notStarted = (
  at: 'tool' | 'sandbox' | 'base_dependencies' | 'candidate_dependencies' | 'service',
): Shown => ({
  outcome: { kind: 'not_started', at, detail: `no ${at}` },
  report: { kind: 'exit_only' },
});

export const snapshotOf = (candidate: TreeId, more: Partial<Snapshot> = {}): Snapshot => ({
  candidate,
  salvage: candidate,
  ref: 'refs/omk/x',
  refused: [],
  ignored: [],
  special: [],
  overCap: [],
  ...more,
});

type Examined = DataOf<'candidate.examined'>;

/** A candidate that changes no test; give `contract` another tree and it does. */
export const examinedOf = (
  candidate: TreeId,
  more: Partial<Omit<Examined, 'contract'>> & { readonly contract?: TreeId } = {},
): Examined => {
  const { contract = candidate, ...rest } = more;
  return {
    candidate,
    changes: [],
    contract: {
      tree: contract,
      recipe: contract === candidate ? { kind: 'as_is' } : { kind: 'contract', base: BASE, edits: [] },
    },
    contractChanges: [],
    extended: [],
    policyPaths: [],
    patch: BLOB,
    ...rest,
  };
};

export const givenOf = (candidate: TreeId, more: Partial<Given> = {}): Given => ({
  snapshot: snapshotOf(candidate),
  from: 'commit',
  commit: 'f'.repeat(40),
  name: 'main..feature',
  expect: 'no-regression',
  accepts: [],
  ...more,
});

export const turnEnded = (attempt: number, turn: number, outcome: TurnOutcome): DataOf<'turn.ended'> => ({
  attempt,
  turn,
  outcome,
  session: `s${attempt}`,
  stream: null,
  stderr: null,
  sandbox: { kind: 'bubblewrap', version: '0.9', network: true },
  claimedUsage: {},
  permissions: [],
  durationMs: 1,
});

export const COMPLETED: TurnOutcome = { kind: 'completed', stopReason: 'end_turn' };

/** What a command left: `text` on its standard output, the same everywhere unless said; of timings, how long it took. */
export const observedAs = (run: CommandRun, text = 'out', wallMs = 100, code = 0): Observed => ({
  ...run,
  ...(run.of === 'timing' ? { wallMs } : {}),
  parts: [
    { name: 'exit', blob: { ...BLOB, sha256: String(code).padStart(64, '0') }, head: String(code) },
    { name: 'stdout', blob: { ...BLOB, sha256: tree(text).padEnd(64, '0') }, head: text },
  ],
  run: measurement({ gate: run.of, tree: run.tree, ...exits(code) }),
});
