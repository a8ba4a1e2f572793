import type { TreeId } from '../../domain/ids.ts';
import type { Clock } from '../clock/port.ts';
import type { Vault } from '../git/port.ts';
import { gatePath } from '../sandbox/environment.ts';
import type { Sandboxes } from '../sandbox/port.ts';
import { checkGate } from './check.ts';
import type { Gates, LayerResult, PutBlob } from './port.ts';
import { resolvePolicy } from './resolve.ts';
import { inVault, planCanary } from './run/canary.ts';
import { randomHex, type RunContext } from './run/context.ts';
import { openCheckouts } from './run/checkouts.ts';
import { runGate } from './run/run.ts';
import { toolVersions } from './run/tools.ts';
import { treeFiles } from './tree-files.ts';

interface LayerSource {
  prepare(vault: Vault, tree: TreeId, base: TreeId): Promise<LayerResult>;
}

/** The gates of one state directory. `env` gives the PATH of gates and nothing else. */
export function openGates(options: {
  readonly stateDir: string;
  readonly blobs: PutBlob;
  readonly sandboxes: Sandboxes;
  readonly layers: LayerSource;
  readonly env: NodeJS.ProcessEnv;
  readonly clock: Clock;
}): Gates {
  const { stateDir, blobs, sandboxes, layers, clock } = options;
  const context: RunContext = { stateDir, blobs, sandboxes, clock, path: gatePath(options.env), tools: toolVersions(stateDir, sandboxes), checkouts: openCheckouts(clock) };

  return {
    resolve: (vault, tree) => resolvePolicy(treeFiles(vault, tree)),
    check: (text, id, vault, tree) => checkGate(text, id, treeFiles(vault, tree)),
    layer: (vault, tree, base) => layers.prepare(vault, tree, base),
    async canaryFor(vault, base, gate) {
      const files = treeFiles(vault, base);
      return (await planCanary(gate, randomHex(clock, 8), files, inVault(files), 1))?.canary ?? null;
    },
    run: (request, observe, signal) => runGate(context, request, observe, signal),
    clear: () => context.checkouts.clear(),
  };
}
