import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { cp, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sandbox } from '../../../domain/gates/evidence.ts';
import type { Bind } from '../../sandbox/port.ts';
import type { RunGateRequest } from '../port.ts';
import type { RunFolder } from './folder.ts';

/** Go writes an index of each folder that did not change for two seconds into its cache, and gives up where it cannot. */
const NO_INDEX = { GODEBUG: 'goindex=0' } as const;

interface GoCache {
  readonly env: Readonly<Record<string, string>>;
  readonly binds: readonly Bind[];
  /** To be called when the run is over. */
  release(): void;
}

/**
 * Go keeps no compiled standard library, so a first run compiles it, for half a minute. The build cache is therefore
 * kept per repository: the base's own runs fill it, and everything else may only read it.
 */
export async function goCache(
  { gate, purpose, vault }: RunGateRequest,
  stateDir: string,
  folder: RunFolder,
  sandbox: Sandbox,
): Promise<GoCache> {
  if (gate.argv[0] !== 'go') return { env: {}, binds: [], release: () => undefined };
  const kept = join(stateDir, 'cache', 'go-build', createHash('sha256').update(vault.dir).digest('hex').slice(0, 16));
  await mkdir(kept, { recursive: true, mode: 0o700 });
  const fills = purpose === 'baseline';
  const release = fills ? await firstAlone(kept) : () => undefined;
  if (sandbox.kind === 'bubblewrap') {
    const to = '/omk/go-build';
    return { env: { GOCACHE: to, ...(fills ? {} : NO_INDEX) }, binds: [{ from: kept, to, writable: fills }], release };
  }
  if (fills) return { env: { GOCACHE: kept }, binds: [], release };
  const copy = join(folder.dir, 'go-build');
  await cp(kept, copy, { recursive: true, mode: constants.COPYFILE_FICLONE });
  return { env: { GOCACHE: copy }, binds: [], release };
}

const filling = new Map<string, Promise<void>>();

/** Waits for a run that fills an empty cache: side by side, both would compile the same. Returns what ends the wait of others. */
async function firstAlone(kept: string): Promise<() => void> {
  for (let other = filling.get(kept); other !== undefined; other = filling.get(kept)) await other;
  const { promise, resolve } = Promise.withResolvers<void>();
  filling.set(kept, promise);
  const release = (): void => {
    if (filling.get(kept) === promise) filling.delete(kept);
    resolve();
  };
  try {
    if ((await readdir(kept)).length > 0) release();
  } catch (error) {
    release();
    throw error;
  }
  return release;
}
