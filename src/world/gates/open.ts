import { secretValues } from '../../domain/secrets/known.ts';
import type { TreeId } from '../../domain/ids.ts';
import type { Clock } from '../clock/port.ts';
import type { Supplies, Vault } from '../git/port.ts';
import { sweepOwned } from '../process/owner.ts';
import { endMarked } from '../process/strays.ts';
import { homeOf } from '../sandbox/home.ts';
import { gatePath } from '../sandbox/environment.ts';
import type { Sandboxes } from '../sandbox/port.ts';
import { checkGate } from './check.ts';
import type { Blobs, Gates, LayerResult } from './port.ts';
import { resolvePolicy } from './resolve.ts';
import { canaryMaker } from './canary/all.ts';
import type { Alters } from './run/altered.ts';
import { findCanary, inVault } from './run/canary.ts';
import { randomHex, type RunContext } from './run/context.ts';
import { askParts, keyed } from './cache/parts.ts';
import { runOrReuse } from './cache/run.ts';
import { openVerdicts } from './cache/store.ts';
import { openCheckouts } from './run/checkouts.ts';
import { gateMark, runsDir } from './run/folder.ts';
import { toolVersions } from './run/tools.ts';
import { onlyFiles, treeFiles } from './tree-files.ts';

interface LayerSource {
  prepare(vault: Vault, tree: TreeId, base: TreeId, supplies?: Supplies): Promise<LayerResult>;
  relock: Gates['relock'];
}

export interface Idle {
  /** To be called when an agent begins to work, and the machine waits: what the next runs need is made ready. It changes no run. */
  whileIdle(): void;
  /** To be called when nothing more is to be run, and the proof is made: what is left of the runs goes meanwhile. */
  whenOver(): void;
}

/** No gate may take longer than a day. */
const STALE_MS = 48 * 3_600_000;

/** The gates of one state directory. `env` gives the PATH of gates, and what no output of theirs may show. */
export function openGates(options: {
  readonly stateDir: string;
  readonly blobs: Blobs;
  readonly sandboxes: Sandboxes;
  readonly layers: LayerSource;
  readonly env: NodeJS.ProcessEnv;
  readonly clock: Clock;
  /** Changes what tests expect. Absent: that is not done. */
  readonly syntax?: Alters;
  /** Of omk: what reads a report is part of what it says. */
  readonly version: string;
}): Gates & Idle {
  const { stateDir, blobs, sandboxes, layers, clock } = options;
  const home = homeOf(options.env);
  const context: RunContext = {
    stateDir,
    ...(home === null ? {} : { home }),
    blobs,
    sandboxes,
    clock,
    secrets: secretValues(options.env),
    path: gatePath(options.env),
    tools: toolVersions(stateDir, sandboxes),
    checkouts: openCheckouts(clock),
    ...(options.syntax ? { syntax: options.syntax } : {}),
  };
  const cache = openVerdicts({ stateDir, blobs, clock });

  const sweepDead = async (): Promise<void> => {
    await sweepOwned(runsDir(stateDir), STALE_MS, async (dir) => {
      const { name, value } = gateMark(dir);
      await endMarked(name, value);
    });
  };

  return {
    resolve: (vault, tree) => resolvePolicy(treeFiles(vault, tree)),
    check: (text, id, vault, tree) => checkGate(text, id, treeFiles(vault, tree)),
    layer: (vault, tree, base, supplies) => layers.prepare(vault, tree, base, supplies),
    relock: (...asked) => layers.relock(...asked),
    async canaryFor(vault, base, gate, only) {
      const files = onlyFiles(treeFiles(vault, base), only, canaryMaker(gate.reader)?.declares);
      const found = await findCanary(gate, randomHex(clock, 8), files, inVault(files), [], 1);
      return typeof found === 'string' ? { kind: 'none', why: found } : { kind: 'planted', canary: found.canary };
    },
    async cacheKey(request) {
      const asked = await askParts(context, request, options.version);
      if (typeof asked === 'string') return { kind: 'none', why: asked };
      const parts = keyed(await asked.parts);
      return { kind: 'key', ...parts, kept: (await cache.read({ about: asked.about, key: parts.key })).length };
    },
    run: (request, observe, signal) =>
      runOrReuse({ context, cache, version: options.version }, request, observe, signal),
    async clear() {
      await context.checkouts.clear();
      await sweepDead();
    },
    endDead: sweepDead,
    whileIdle: () => context.checkouts.prepare(),
    // Whoever clears up afterwards waits for it, and hears what failed.
    whenOver: () => void context.checkouts.clear().catch(() => undefined),
  };
}
