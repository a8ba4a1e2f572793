import type { Agents, Activity } from '../world/agents/port.ts';
import type { Cassettes } from '../world/cassette/port.ts';
import type { Clock } from '../world/clock/port.ts';
import type { Gates, Layer } from '../world/gates/port.ts';
import type { Forge } from '../world/forge/port.ts';
import type { Git } from '../world/git/port.ts';
import type { Bind } from '../world/sandbox/port.ts';
import type { Prices } from '../world/prices/port.ts';
import type { Secrets } from '../world/secrets/port.ts';
import type { Syntax } from '../world/syntax/port.ts';
import type { Store } from '../store/port.ts';
import type { LoggedEvent } from '../domain/goal/event.ts';
import type { GateRun } from '../domain/evidence/assess.ts';
import type { GoalState } from '../domain/goal/state.ts';
import type { GoalId } from '../domain/ids.ts';
import type { ProofPublisher } from './publish/port.ts';

/** Everything outside the engine, as interfaces: live, recorded and simulated worlds run the same loop. */
export interface World {
  readonly store: Store;
  readonly git: Git;
  /** Spoken to only when a person asked to deliver. */
  readonly forge: Forge;
  readonly agents: Agents;
  readonly gates: Gates;
  readonly layers: AgentLayers;
  readonly clock: Clock;
  readonly prices: Prices;
  readonly secrets: Secrets;
  readonly syntax: Syntax;
  readonly files: Files;
  readonly proofs: ProofPublisher;
  /** Where executions are recorded. Absent: nowhere. */
  readonly cassettes?: Cassettes;
  /** How many ordinary gates may run at once. */
  readonly concurrency: number;
  readonly version: string;
}

/** A dependency layer for an agent, which never writes to the layer itself (trust rule T14). */
interface AgentLayers {
  forAgent(
    layer: Layer,
    worktree: string,
  ): Promise<{
    readonly env: Readonly<Record<string, string>>;
    readonly pathPrefix: readonly string[];
    readonly binds: readonly Bind[];
  }>;
  /** Removes the copies of an attempt that nobody works on; the next turn gets new ones. */
  takeBack(worktree: string): Promise<void>;
}

/** The few places of the state directory that the engine names. */
interface Files {
  readonly stateDir: string;
  /** Other absolute paths of this machine by their names, which a recording does not keep. Absent: none. */
  readonly own?: Readonly<Record<string, string>>;
  /** A new, private directory for one attempt; returns its absolute path. */
  attemptDir(goal: GoalId, attempt: number): Promise<string>;
  scratchDir(attemptDir: string): Promise<string>;
  exists(path: string): Promise<boolean>;
  /** A file of the state directory that nobody else can read (0600), by its name there. Null when it is not there. */
  keepPrivate(name: string, text: string): Promise<void>;
  readPrivate(name: string): Promise<string | null>;
  removeAttempt(attemptDir: string): Promise<void>;
  /** Removes a goal's worktrees and folder, and its sealed checks. */
  removeGoal(goal: GoalId, ...sealed: readonly string[]): Promise<void>;
  readonly garbage: GarbageFiles;
  /** Appends the lines that the file does not have. Returns why it could not, or null. */
  appendOnce(path: string, lines: readonly string[]): Promise<string | null>;
  /** Why nothing could be appended to a file, or null. */
  tryAppend(path: string): Promise<string | null>;
  writeGoalFolder(goal: GoalId, files: ReadonlyMap<string, Uint8Array>): Promise<void>;
}

/** What may be thrown away, as far as files alone can tell; `changedMs` since the epoch. */
interface GarbageFiles {
  drafts(): Promise<readonly LeftFile[]>;
  caches(): Promise<readonly LeftFile[]>;
  attempts(): Promise<readonly LeftFile[]>;
  sizeOf(path: string): Promise<number>;
  /** Bytes of each part of the state directory, largest first. */
  sizes(): Promise<ReadonlyMap<string, number>>;
  remove(path: string): Promise<void>;
}

interface LeftFile {
  readonly path: string;
  readonly changedMs: number;
}

/** What is going on, for whoever watches. Nothing is decided from it. */
export type Notice =
  | { readonly kind: 'event'; readonly event: LoggedEvent; readonly state: GoalState }
  | { readonly kind: 'activity'; readonly attempt: number; readonly turn: number; readonly activity: Activity }
  | { readonly kind: 'gate_started'; readonly run: GateRun }
  | { readonly kind: 'gate_output'; readonly run: GateRun; readonly line: string }
  /** How the budgets stand, about once a second while a turn runs. `secs` since the goal was created. */
  | { readonly kind: 'budget'; readonly state: GoalState; readonly secs: bigint }
  | { readonly kind: 'step'; readonly text: string }
  /** Something beside the work that did not succeed and stops nothing. */
  | { readonly kind: 'warning'; readonly text: string };

export type Notify = (notice: Notice) => void;
