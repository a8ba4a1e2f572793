import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { named } from '../failures.ts';

/** SQLite waits without giving way to the rest of the process, so not for long: `patiently` does. */
const BUSY_TIMEOUT_MS = 5;

/** One open database. Statements are prepared when first used, so that opening costs little. */
export class Connection {
  readonly path: string;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /** `peek`: reads the file as it lies there, without a lock and without side files. */
  constructor(path: string, mode: 'peek' | 'read' | 'write') {
    this.path = path;
    const file = mode === 'peek' ? new URL(`${pathToFileURL(path).href}?immutable=1`) : path;
    this.#database = this.run(() => new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS, readOnly: mode !== 'write' }));
  }

  prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  exec(sql: string): void {
    this.#database.exec(sql);
  }

  /** Runs reads and single statements; failures of the database come out as `OmkError`s. */
  run<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw named(error, this.path);
    }
  }

  /**
   * The only way to write. The lock is taken at the start: a transaction that began by reading
   * cannot become a writer later while others write, whatever the busy timeout. May be asked again when busy: nothing is done then.
   */
  tx<T>(work: () => T): T {
    return this.run(() => {
      this.#database.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        this.#database.exec('COMMIT');
        return result;
      } catch (error) {
        if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
        throw error;
      }
    });
  }

  /** Several reads of the database as it is at one moment; within a transaction as it is there. */
  atOnce<T>(work: () => T): T {
    if (this.#database.isTransaction) return work();
    this.#database.exec('BEGIN');
    try {
      return work();
    } finally {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
    }
  }

  close(): void {
    this.#statements.clear();
    if (this.#database.isOpen) this.#database.close();
  }
}
