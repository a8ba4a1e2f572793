import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { scratch } from '../testing/fixtures.ts';
import { Connection } from './connection.ts';
import { migrate } from './schema.ts';

/** Another process is done with the migration just before this one gets the lock. */
class Late extends Connection {
  readonly #path: string;

  constructor(path: string) {
    super(path, 'write');
    this.#path = path;
  }

  override tx<T>(work: () => T): T {
    const first = new Connection(this.#path, 'write');
    migrate(first);
    first.close();
    return super.tx(work);
  }
}

describe('migrating', () => {
  it('does nothing when another process was faster', async (t) => {
    const { path, remove } = await scratch();
    t.after(remove);
    const late = new Late(join(path, 'goals.db'));
    migrate(late);
    assert.deepEqual(late.prepare('SELECT count(*) AS n FROM event').all().length, 1);
    late.close();
  });
});
