import type { GoalEvent, GoalOptions } from '../../domain/goal/event.ts';
import { EMPTY_STATE, type GoalState } from '../../domain/goal/state.ts';
import type { GoalId } from '../../domain/ids.ts';
import { created, gateSpec, policyOf } from '../../domain/testing/build.ts';
import { evolve } from '../../domain/transition/evolve.ts';
import type { LogLine } from '../../store/port.ts';
import { manualClock, type ManualClock } from '../../world/clock/testing/manual.ts';
import type { Context } from '../context.ts';
import { Session } from '../session.ts';
import type { Notice } from '../world.ts';
import { memoryStore } from './chaos/memory-store.ts';
import { NOON } from './goal.ts';
import { memoryVault, type Files, type MemoryVault } from './memory-vault.ts';

export interface Faked {
  readonly context: Context;
  readonly session: Session;
  readonly vault: MemoryVault;
  readonly clock: ManualClock;
  readonly store: ReturnType<typeof memoryStore>;
  readonly notices: Notice[];
  /** What was asked of doors, in order, in short. */
  readonly asked: string[];
  readonly stop: AbortController;
  /** Files of the state directory that nobody else can read. */
  readonly privately: Map<string, string>;
  /** Events since the goal began as the test wanted it. */
  appended(): readonly GoalEvent[];
}

export interface FakeOptions {
  readonly options?: Partial<GoalOptions>;
  readonly events?: readonly GoalEvent[];
  readonly base?: Files;
  /** With objects that a test has made before. */
  readonly vault?: MemoryVault;
  /** What the state is besides what the events make of it. Takes any event from then on, also those that the transition table refuses. */
  readonly state?: Partial<GoalState>;
  /** Doors that are not the usual ones. */
  readonly doors?: (faked: Pick<Faked, 'asked' | 'vault' | 'clock'>) => Readonly<Record<string, object>>;
}

/** Keeps what is appended, in any order. */
function uncheckedSession(goal: GoalId, besides: Partial<GoalState>): Session {
  let state = EMPTY_STATE;
  const lines: LogLine[] = [];
  const append = async (...events: readonly GoalEvent[]): Promise<void> => {
    for (const event of events) {
      const logged = { ...event, v: 2, seq: lines.length, ts: new Date(NOON).toISOString(), prev: '' } as const;
      lines.push({ event: logged, line: '' });
      state = { ...evolve(state, logged), ...besides };
    }
  };
  const session = {
    goal,
    lines,
    append,
    appendFrom: async <T>(make: () => { readonly events: readonly GoalEvent[]; readonly value: T }): Promise<T> => {
      const { events, value } = make();
      await append(...events);
      return value;
    },
    refresh: async () => undefined,
    get state() {
      return state;
    },
  };
  return session as object as Session;
}

/** A goal whose log, vault and doors are in memory: nothing is read from or written to this machine. */
export async function fakeContext({
  options = {},
  events = [],
  base,
  doors,
  state,
  vault: given,
}: FakeOptions = {}): Promise<Faked> {
  const clock = manualClock(NOON);
  const store = memoryStore(clock.now);
  const vault = given ?? memoryVault(base);
  const notices: Notice[] = [];
  const asked: string[] = [];
  const privately = new Map<string, string>();
  const data = created(options);
  const session = state
    ? uncheckedSession(data.goal, state)
    : await Session.open({ store, clock }, data.goal, (notice) => void notices.push(notice));
  await session.append({ type: 'goal.created', data }, ...events);
  const from = session.lines.length;
  const usual = {
    store,
    clock,
    version: '9',
    concurrency: 2,
    git: {
      openVault: async () => vault,
      personalIgnores: async () => '',
      supplies: async () => ({
        git: { commit: 'c'.repeat(40) },
        secrets: [],
        told: { submodules: [], lfs: [], included: [], lacks: [] },
        unchanged: async () => [],
        place: async (_tree: string, dir: string) => void asked.push(`place beside ${dir}`),
      }),
    },
    gates: {
      resolve: async () => policyOf(gateSpec()),
      layer: async () => ({ kind: 'none', why: 'nothing to install' }),
      endDead: async () => void asked.push('end dead gates'),
    },
    agents: {
      endStrays: async (marker: string) => void asked.push(`end strays of ${marker}`),
      usage: async () => [],
    },
    files: {
      stateDir: '/state',
      attemptDir: async (goal: string, attempt: number) => `/state/worktrees/${goal}/${attempt}`,
      exists: async (path: string) => vault.worktrees.has(path),
      keepPrivate: async (name: string, text: string) => void privately.set(name, text),
      readPrivate: async (name: string) => privately.get(name) ?? null,
      removeAttempt: async (dir: string) => void asked.push(`remove ${dir}`),
    },
    layers: { takeBack: async (dir: string) => void asked.push(`take back ${dir}`) },
    secrets: { scan: async () => [], textOf: (content: Uint8Array) => Buffer.from(content).toString() },
    prices: { cost: async () => null },
  };
  const others = doors?.({ asked, vault, clock }) ?? {};
  const world = {
    ...usual,
    ...Object.fromEntries(
      Object.entries(others).map(([name, door]) => [name, { ...Reflect.get(usual, name), ...door }]),
    ),
  };
  const stop = new AbortController();
  const context = {
    world,
    session,
    vault,
    notify: (notice: Notice) => void notices.push(notice),
    signal: stop.signal,
    elapsed: () => 1n,
  } as object as Context;
  const appended = (): readonly GoalEvent[] =>
    session.lines.slice(from).map(({ event: { v: _v, seq: _seq, ts: _ts, prev: _prev, ...event } }) => event);
  return { context, session, vault, clock, store, notices, asked, stop, privately, appended };
}
