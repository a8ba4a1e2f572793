import { mkdir } from 'node:fs/promises';
import type { Measurement } from '../../domain/gates/evidence.ts';
import type { TreeId } from '../../domain/ids.ts';
import type { Clock } from '../clock/port.ts';
import type { Vault } from '../git/port.ts';
import { gatePath } from '../sandbox/environment.ts';
import type { Sandboxes } from '../sandbox/port.ts';
import { checkGate } from './check.ts';
import type { Gates, LayerResult, PutBlob, RunGateRequest } from './port.ts';
import { resolvePolicy } from './resolve.ts';
import { planCanary } from './run/canary.ts';
import { notPlanted } from './run/not-planted.ts';
import { runGate, type RunContext } from './run/run.ts';
import { toolVersions } from './run/tools.ts';
import { treeFiles } from './tree-files.ts';

interface LayerSource {
  prepare(vault: Vault, tree: TreeId, trust: 'base' | 'candidate'): Promise<LayerResult>;
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
  const context: RunContext = { stateDir, blobs, sandboxes, clock, path: gatePath(options.env), tools: toolVersions(stateDir, sandboxes) };
  const random = (): string => Buffer.from(clock.random(8)).toString('hex');

  const run = async (request: RunGateRequest, observe: (line: string) => void, signal: AbortSignal): Promise<Measurement> => {
    await mkdir(stateDir, { recursive: true, mode: 0o700 });
    const { canaryBase, gate, vault, tree } = request;
    if (canaryBase === null) return runGate(context, request, null, observe, signal);
    const planting = await planCanary(gate, random(), treeFiles(vault, canaryBase), treeFiles(vault, tree));
    return planting === null ? notPlanted(context, request) : runGate(context, request, planting, observe, signal);
  };

  return {
    resolve: (vault, tree) => resolvePolicy(treeFiles(vault, tree)),
    check: (text, index, vault, tree) => checkGate(text, index, treeFiles(vault, tree)),
    layer: (vault, tree, trust) => layers.prepare(vault, tree, trust),
    async canaryFor(vault, base, gate) {
      const files = treeFiles(vault, base);
      return (await planCanary(gate, random(), files, files))?.canary ?? null;
    },
    run,
  };
}
