import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Measurement } from '../../../domain/gates/evidence.ts';
import type { GateSpec } from '../../../domain/gates/gate.ts';
import { systemClock } from '../../clock/system.ts';
import { openSandboxes } from '../../sandbox/open.ts';
import { openGates } from '../open.ts';
import type { CommandOutput, Layer, RunGateRequest } from '../port.ts';
import { memoryBlobs } from './blobs.ts';
import { fakeVault, type Files } from './fake-vault.ts';

/** Gates on a state directory of their own, over trees given as files. */
export async function makeBench(options: {
  readonly sandbox: 'auto' | 'none';
  readonly trees: Readonly<Record<string, Files>>;
  readonly path?: string;
}) {
  const stateDir = await mkdtemp(join(tmpdir(), 'omk-gates-'));
  const env = { PATH: options.path ?? process.env['PATH'], HOME: stateDir };
  const vault = fakeVault(options.trees);
  const blobs = memoryBlobs();
  const layers = {
    prepare: async () => ({ kind: 'none', why: 'not here' }) as const,
    relock: async () => ({ kind: 'unknown' }) as const,
  };
  const gates = openGates({
    stateDir,
    blobs,
    sandboxes: openSandboxes({ env, mode: options.sandbox }),
    layers,
    env,
    clock: systemClock,
    version: 'test',
  });
  const lines: string[] = [];

  /** Runs a command on a tree, as a gate of a file would run, with the reader it is given by itself. */
  const run = async (
    command: string,
    tree: string,
    more: Partial<RunGateRequest> & { gate?: GateSpec; layer?: Layer } = {},
  ): Promise<Measurement & { readonly output?: CommandOutput }> => {
    const gate = more.gate ?? (await gates.check(command, 'check-1', vault, tree));
    const request: RunGateRequest = {
      purpose: 'contract',
      round: 1,
      tree,
      canaryBase: null,
      layer: null,
      vault,
      ...more,
      gate,
    };
    return gates.run(request, (line) => lines.push(line), new AbortController().signal);
  };
  /** What is left of runs; nothing may be. */
  const leftovers = async (): Promise<string[]> => {
    await gates.clear();
    return readdir(join(stateDir, 'tmp', 'gates'));
  };
  return {
    stateDir,
    vault,
    gates,
    blobs,
    lines,
    run,
    leftovers,
    remove: () => rm(stateDir, { recursive: true, force: true }),
  };
}
