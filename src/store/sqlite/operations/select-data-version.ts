import type { Connection } from '../connection.ts';

/** A number that differs after any other connection, of any process, has committed. Costs microseconds. */
export function selectDataVersion(connection: Connection): unknown {
  return connection.prepare('PRAGMA data_version').get()?.['data_version'];
}
