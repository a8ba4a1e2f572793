import type { GoalEvent } from '../../domain/goal/event.ts';
import type { BlobRef, GoalId, Sha256, Timestamp } from '../../domain/ids.ts';
import type { StoreClock } from '../clock.ts';
import type { Processes } from '../lease/processes.ts';
import type {
  AppendResult,
  GoalSummary,
  Holder,
  LeaseResult,
  LeaseToken,
  LogLine,
  Store,
  StoredBlob,
} from '../port.ts';
import { assemble } from '../log/assemble.ts';
import { pack, type Packed } from '../log/seal.ts';
import { append, foresee } from './append.ts';
import type { Connection } from './connection.ts';
import { selectGoals } from './operations/select-goals.ts';
import { patiently } from './patiently.ts';
import { read } from './read.ts';
import type { Watcher } from './watcher.ts';

export interface SqliteParts {
  readonly connection: Connection;
  readonly watcher: Watcher;
  readonly blobs: string;
  readonly clock: StoreClock;
  /** Null: the processes of this machine. */
  readonly processes: Processes | null;
}

/** The store on one SQLite database and a directory of blobs. */
export class SqliteStore implements Store {
  readonly #parts: SqliteParts;

  constructor(parts: SqliteParts) {
    this.#parts = parts;
  }

  async append(
    goal: GoalId,
    version: number,
    events: readonly GoalEvent[],
    summary: GoalSummary,
    at?: Timestamp,
    under?: LeaseToken,
  ): Promise<AppendResult> {
    const { connection, clock } = this.#parts;
    const packed = await this.#packed(events);
    const result = await patiently(() =>
      append(connection, goal, version, packed, summary, at ?? new Date(clock.now()).toISOString(), under ?? null),
    );
    if (result.kind === 'conflict') return result;
    const lines = await assemble(goal, result.lines, textIn(packed));
    return { kind: 'appended', events: lines.map(({ event }) => event) };
  }

  async foresee(
    goal: GoalId,
    version: number,
    events: readonly GoalEvent[],
    at: Timestamp,
  ): Promise<readonly LogLine[] | null> {
    const { connection } = this.#parts;
    const packed = await this.#packed(events);
    const lines = await patiently(() => connection.run(() => foresee(connection, goal, version, packed, at)));
    return lines && assemble(goal, lines, textIn(packed));
  }

  async read(goal: GoalId, from = 0): Promise<readonly LogLine[]> {
    const lines = await patiently(() => read(this.#parts.connection, goal, from));
    return assemble(goal, lines, async (sha256) => {
      const bytes = await this.getBlob(sha256);
      return bytes && Buffer.from(bytes).toString('utf8');
    });
  }

  /** As they are kept; their parts are durable before a line names them. */
  async #packed(events: readonly GoalEvent[]): Promise<readonly Packed[]> {
    const packed = events.map(pack);
    for (const { blobs } of packed) for (const text of blobs.values()) await this.putBlob(Buffer.from(text));
    return packed;
  }

  async list(filter: { readonly repository?: string } = {}): Promise<readonly GoalSummary[]> {
    const { connection } = this.#parts;
    return patiently(() => connection.run(() => selectGoals(connection, filter.repository ?? null)));
  }

  subscribe(goal: GoalId, onChange: () => void): () => void {
    return this.#parts.watcher.subscribe(goal, onChange);
  }

  // What follows is loaded when it is asked for: node:crypto would double the time that a list takes.

  async putBlob(content: Uint8Array, truncated = false): Promise<BlobRef> {
    const { putBlob } = await import('../blobs/put.ts');
    return putBlob(this.#parts.blobs, content, truncated);
  }

  async putFile(path: string, cap?: number): Promise<BlobRef> {
    const { putFile } = await import('../blobs/put-file.ts');
    return putFile(this.#parts.blobs, path, cap);
  }

  async getBlob(sha256: Sha256): Promise<Uint8Array | null> {
    const { getBlob } = await import('../blobs/get.ts');
    return getBlob(this.#parts.blobs, sha256);
  }

  async listBlobs(): Promise<readonly StoredBlob[]> {
    return (await import('../blobs/list.ts')).listBlobs(this.#parts.blobs);
  }

  async removeBlob(sha256: Sha256): Promise<void> {
    await (await import('../blobs/list.ts')).removeBlob(this.#parts.blobs, sha256);
  }

  async remove(goal: GoalId): Promise<void> {
    const { connection } = this.#parts;
    const { deleteGoal } = await import('./operations/delete-goal.ts');
    connection.tx(() => deleteGoal(connection, goal));
  }

  async moveGoals(from: string, to: string): Promise<number> {
    const { connection } = this.#parts;
    const { moveGoals } = await import('./operations/move-goals.ts');
    return connection.tx(() => moveGoals(connection, from, to));
  }

  async holder(goal: GoalId, key = ''): Promise<Holder | null> {
    const { connection, processes, clock } = this.#parts;
    const [{ holderOf }, { machineProcesses }] = await Promise.all([
      import('../lease/acquire.ts'),
      import('../lease/processes.ts'),
    ]);
    return patiently(() =>
      connection.run(() => holderOf(connection, processes ?? machineProcesses, clock.now(), goal, key)),
    );
  }

  async lease(goal: GoalId, key = ''): Promise<LeaseResult> {
    const { connection, processes, clock } = this.#parts;
    const [{ acquire }, { machineProcesses }] = await Promise.all([
      import('../lease/acquire.ts'),
      import('../lease/processes.ts'),
    ]);
    return patiently(() => acquire(connection, processes ?? machineProcesses, clock, goal, key));
  }

  async close(): Promise<void> {
    this.#parts.watcher.close();
    this.#parts.connection.close();
  }
}

const textIn =
  (packed: readonly Packed[]) =>
  async (sha256: Sha256): Promise<string | null> =>
    packed.map(({ blobs }) => blobs.get(sha256)).find((text) => text !== undefined) ?? null;
