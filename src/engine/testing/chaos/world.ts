import type { Measurement } from '../../../domain/gates/evidence.ts';
import type { TurnOutcome } from '../../../domain/agents/agent.ts';
import {
  BASE,
  COMPLETED,
  gateSpec,
  measurement,
  policyOf,
  shows,
  snapshotOf,
  tree,
} from '../../../domain/testing/build.ts';
import { CANARY } from '../../../domain/testing/ready.ts';
import type { Cassettes } from '../../../world/cassette/port.ts';
import type { TurnRequest } from '../../../world/agents/port.ts';
import type { RunGateRequest } from '../../../world/gates/port.ts';
import type { World } from '../../world.ts';
import type { Chance } from './chance.ts';
import type { memoryStore } from './memory-store.ts';

const GATES = [gateSpec(), gateSpec({ id: 'other' })];
const TEXT = Buffer.from('export const a = 1;\n'.repeat(60));
const FILE = { path: 'src/a.js', mode: '100644', id: 'f'.repeat(40) };

/** Doors behind which anything may be. Trees that end well are those whose number is even. */
export function chaosWorld(
  chance: Chance,
  store: ReturnType<typeof memoryStore>,
  clock: World['clock'],
  cassettes: Cassettes,
): World {
  const nothing = async () => undefined;
  const vault = {
    dir: '/state/vaults/r.git',
    root: '/r',
    fetchBase: nothing,
    treeOf: async () => BASE,
    createWorktree: async (dir: string) => ({ dir }),
    snapshot: async () => snapshotOf(tree(`work ${chance.below(6)}`)),
    removeWorktree: nothing,
    listTree: async () => [FILE],
    diff: async () => [{ path: FILE.path, change: 'modified', oldMode: '100644', newMode: '100644' }],
    patch: async () => Buffer.from('a patch\n'),
    mentions: async () => [],
    overlay: async (_base: string, candidate: string) => candidate,
    readFile: async () => ({ id: FILE.id, content: TEXT }),
    readTexts: async (_tree: string, paths: readonly string[]) => paths.map(() => TEXT.toString()),
    async *readFiles(_tree: string, paths: readonly string[]) {
      for (const path of paths) yield { ...FILE, path, content: TEXT };
    },
    mergeChain: async (_onto: string, changes: readonly unknown[]) =>
      changes.map(() =>
        chance.once(6)
          ? { kind: 'conflict', paths: [FILE.path] }
          : { kind: 'clean', tree: tree(`merged ${chance.below(6)}`) },
      ),
    commit: async () => 'd'.repeat(40),
    commitFiles: async () => 'd'.repeat(40),
  };
  const supplies = {
    git: { dir: '/state/base.git', commit: 'c'.repeat(40), tag: null },
    told: { submodules: [], lfs: [], included: [], lacks: [] },
    secrets: ['a secret of the user'],
    place: async () => ({ paths: [], changed: async () => [] }),
    unchanged: async () => [],
  };
  const doors = {
    store,
    clock,
    cassettes,
    concurrency: 1 + chance.below(4),
    version: '1.0.0',
    git: { openVault: async () => vault, supplies: async () => supplies, personalIgnores: async () => '' },
    gates: {
      resolve: async () => policyOf(...GATES),
      layer: async () => ({ kind: 'none', why: 'nothing to install' }),
      relock: async () => ({ kind: 'unknown' }),
      canaryFor: async () => ({ kind: 'planted', canary: CANARY }),
      run: async (request: RunGateRequest) => runOf(chance, request, clock.now()),
      endDead: nothing,
      clear: nothing,
    },
    agents: {
      runTurn: (request: TurnRequest, observe: (activity: object) => void) => turnOf(chance, request, observe),
      usage: async () => [],
      endStrays: async () => 0,
    },
    layers: { forAgent: async () => ({ env: {}, pathPrefix: [], binds: [] }), takeBack: nothing },
    files: {
      stateDir: '/state',
      attemptDir: async (_goal: string, attempt: number) => `/state/worktrees/${attempt}`,
      scratchDir: async (dir: string) => `${dir}/scratch`,
      exists: async () => !chance.once(40),
      readPrivate: async () => null,
      tryAppend: async () => null,
      appendOnce: async () => null,
      removeAttempt: nothing,
      writeGoalFolder: nothing,
      garbage: { drafts: async () => [], attempts: async () => [] },
    },
    secrets: { scan: async () => [], textOf: (content: Uint8Array) => Buffer.from(content).toString() },
    syntax: {
      read: async (files: readonly object[]) => files.map(() => ({ kind: 'not_read', why: 'no parser' })),
      hollow: async (files: readonly object[]) => files.map(() => ({ kind: 'not_read', why: 'no parser' })),
    },
    prices: { source: 'none', cost: async () => null },
    proofs: {
      build: async () => new Map(),
      refusal: async () => (chance.once(9) ? 'it does not' : null),
      isThere: async () => true,
    },
  };
  const world: World = Object.assign(JSON.parse('{}'), doors);
  return world;
}

/** Red on the base; a canary is seen, mostly; anything may be a flake, hang, or run out of memory. */
function runOf(
  chance: Chance,
  { gate, purpose, round, tree: judged, canaryBase }: RunGateRequest,
  now: number,
): Measurement {
  const isGood = judged !== BASE && Number(judged.at(11)) % 2 === 0;
  const isRed = (!isGood && gate.id === 'test') !== chance.once(20);
  const shown = shows(
    {
      passed: isRed ? ['adds'] : ['adds', 'subtracts'],
      failed: [...(isRed ? ['subtracts'] : []), ...(canaryBase === null ? [] : [CANARY.name])],
    },
    canaryBase === null ? {} : { canary: CANARY },
  );
  const odd = chance.once(25) ? ({ kind: 'timed_out', afterMs: 1000 } as const) : null;
  return measurement({
    gate: gate.id,
    purpose,
    round,
    tree: judged,
    ...shown,
    ...(odd === null ? {} : { outcome: odd }),
    startedAt: new Date(now).toISOString(),
    durationMs: chance.below(5000),
  });
}

const OUTCOMES: readonly TurnOutcome[] = [
  COMPLETED,
  COMPLETED,
  COMPLETED,
  { kind: 'failed', reason: 'crashed', detail: 'it crashed' },
  { kind: 'failed', reason: 'idle_timeout', detail: 'it hangs' },
  { kind: 'cancelled' },
];

/** It opens a session, floods, tells what it used more than once, and ends in any way. */
async function turnOf(chance: Chance, { session }: TurnRequest, observe: (activity: object) => void) {
  const id = session ?? `s-${chance.below(1000)}`;
  observe({ kind: 'session', id, resumed: session !== null });
  for (let said = chance.below(20); said > 0; said -= 1) {
    observe({ kind: 'says', text: 'word '.repeat(chance.below(50)) });
    if (chance.once(5))
      observe({ kind: 'usage', session: id, reports: [usage(`m${chance.below(4)}`, chance.below(900))] });
    if (chance.once(4)) await new Promise((done) => setImmediate(done));
  }
  return {
    outcome: OUTCOMES[chance.below(OUTCOMES.length)] ?? COMPLETED,
    session: id,
    resumed: session !== null,
    sandbox: { kind: 'none', why: 'chaos' },
    claimedUsage: {},
    permissions: [],
    durationMs: chance.below(9000),
  };
}

const usage = (message: string, inputTokens: number) => ({
  message,
  scope: 'turn',
  reporting: 'call',
  model: 'm',
  inputTokens,
  cachedTokens: 0,
  outputTokens: 1,
  totalPicoUsd: null,
  costToldElsewhere: false,
});
