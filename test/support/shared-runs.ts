import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

/**
 * What gates showed of the trees of one test file, as omk keeps it in its state directory: its tests often judge the same base
 * and the same change. It ends with the process, so that no build sees the runs of another one.
 */
export interface SharedRuns {
  /** Puts what is there into a new state directory. */
  take(state: string): void;
  keep(state: string): void;
}

const KEPT = [join('cache', 'verdicts'), 'blobs'];

/** For one file, whose tests run one after the other. */
export function sharedRuns(): SharedRuns {
  const shared = mkdtempSync(join(tmpdir(), 'omk-runs-'));
  after(() => rmSync(shared, { recursive: true, force: true }));
  return {
    take: (state) => copy(shared, state),
    keep: (state) => copy(state, shared),
  };
}

function copy(from: string, to: string): void {
  if (!existsSync(join(from, 'cache', 'verdicts'))) return;
  mkdirSync(to, { recursive: true, mode: 0o700 });
  for (const part of KEPT) cpSync(join(from, part), join(to, part), { recursive: true });
}
