import type { Sandbox } from '../../../domain/gates/evidence.ts';
import type { Bind } from '../../sandbox/port.ts';
import type { RunGateRequest } from '../port.ts';
import type { RunContext } from './context.ts';
import type { RunFolder } from './folder.ts';
import type { Placed } from './layer.ts';

/** What a gate is given of a cache that outlives its run. */
export interface Cached {
  readonly env: Readonly<Record<string, string>>;
  readonly binds: readonly Bind[];
}

/** A cache of what a toolchain compiles, for the gates that use it. Only a step that runs nothing of a repository may write to it. */
export type BuildCache = (
  context: RunContext,
  request: RunGateRequest,
  folder: RunFolder,
  sandbox: Sandbox,
  layer: Placed,
  signal: AbortSignal,
) => Promise<Cached>;
