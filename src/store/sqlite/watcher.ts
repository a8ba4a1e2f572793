import type { GoalId } from '../../domain/ids.ts';
import { OmkError } from '../../domain/error.ts';
import { isBusy } from '../failures.ts';
import { Connection } from './connection.ts';
import { selectDataVersion } from './operations/select-data-version.ts';
import { selectVersion } from './operations/select-version.ts';

/** Half of what a controller uses while agents work is this; nobody notices a tenth of a second. */
const POLL_MS = 100;

interface Subscription {
  readonly goal: GoalId;
  readonly onChange: () => void;
  version: number;
}

/**
 * Tells subscribers when a goal has new events. It polls on a connection of its own,
 * because a connection's data version does not show its own commits.
 */
export class Watcher {
  readonly #path: string;
  readonly #subscriptions = new Set<Subscription>();
  #connection: Connection | null = null;
  #timer: NodeJS.Timeout | null = null;
  #dataVersion: unknown = null;

  constructor(path: string) {
    this.#path = path;
  }

  subscribe(goal: GoalId, onChange: () => void): () => void {
    const connection = (this.#connection ??= new Connection(this.#path, 'read'));
    const subscription = { goal, onChange, version: this.#versionOf(connection, goal) };
    this.#subscriptions.add(subscription);
    this.#timer ??= setInterval(() => this.#poll(connection), POLL_MS).unref();
    return () => {
      this.#subscriptions.delete(subscription);
      if (this.#subscriptions.size === 0) this.close();
    };
  }

  /** Not known while another process has the database locked: the next poll tells. */
  #versionOf(connection: Connection, goal: GoalId): number {
    try {
      return connection.run(() => selectVersion(connection, goal));
    } catch (error) {
      if (isBusy(error)) return -1;
      throw error;
    }
  }

  close(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.#subscriptions.clear();
    this.#connection?.close();
    this.#connection = null;
    // The next connection counts anew, and could start at this very number.
    this.#dataVersion = null;
  }

  #poll(connection: Connection): void {
    for (const subscription of this.#changed(connection)) {
      // An earlier callback may have ended this subscription.
      if (this.#subscriptions.has(subscription)) subscription.onChange();
    }
  }

  #changed(connection: Connection): readonly Subscription[] {
    try {
      return connection.run(() => {
        const dataVersion = selectDataVersion(connection);
        if (dataVersion === this.#dataVersion) return [];
        const changed = [...this.#subscriptions].filter((subscription) => {
          const before = subscription.version;
          subscription.version = selectVersion(connection, subscription.goal);
          return subscription.version !== before;
        });
        this.#dataVersion = dataVersion;
        return changed;
      });
    } catch (error) {
      // A database that is busy or gone for a moment is asked again at the next tick; who reads it gets the error.
      if (error instanceof OmkError) return [];
      throw error;
    }
  }
}
