import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { storeConformance } from './conformance.ts';
import type { StoreHarness } from './conformance/harness.ts';
import { blobPath } from './blobs/path.ts';
import type { Liveness, Processes } from './lease/processes.ts';
import { hashOf } from './log/seal.ts';
import { openStore } from './open.ts';
import type { Store } from './port.ts';
import { manualClock, scratch } from './testing/fixtures.ts';

async function open(): Promise<StoreHarness> {
  const folder = await scratch();
  const stateDir = join(folder.path, 'state');
  const clock = manualClock();
  let holder: Liveness = 'alive';
  const processes: Processes = {
    self: () => ({ pid: process.pid, scope: 'test', started: null }),
    liveness: () => holder,
  };
  const opened: Store[] = [];
  const reopen = async (): Promise<Store> => {
    const store = await openStore({ stateDir, clock, processes });
    opened.push(store);
    return store;
  };
  const store = await reopen();
  const behind = (sql: string, ...values: (string | number)[]): void => {
    const database = new DatabaseSync(join(stateDir, 'goals.db'), { timeout: 10_000 });
    database.prepare(sql).run(...values);
    database.close();
  };
  return {
    store,
    clock,
    sayHolderIs: (state) => {
      holder = state;
    },
    reopen,
    tamper: {
      line: (goal, seq, line) => behind('UPDATE event SET line = ? WHERE goal = ? AND seq = ?', line, goal, seq),
      remove: (goal, seq) => behind('DELETE FROM event WHERE goal = ? AND seq = ?', goal, seq),
      log: (goal, lines) => {
        behind('DELETE FROM event WHERE goal = ?', goal);
        lines.forEach((line, seq) =>
          behind('INSERT INTO event (goal, seq, line, hash) VALUES (?, ?, ?, ?)', goal, seq, line, hashOf(line)),
        );
        behind('UPDATE goal SET version = ?, tip = ? WHERE goal = ?', lines.length, hashOf(lines.at(-1) ?? ''), goal);
      },
      blob: (sha256, content) => {
        const { path } = blobPath(join(stateDir, 'blobs'), sha256);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, content);
      },
    },
    dispose: async () => {
      for (const one of opened) await one.close();
      await folder.remove();
    },
  };
}

storeConformance('SQLite', open);
