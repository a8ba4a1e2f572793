import type { Facts } from '../../proof/statement/facts.ts';
import { heldOutFile } from '../../proof/format/names.ts';
import type { Files } from '../../proof/verify/limits.ts';
import type { Judging } from '../context.ts';
import type { World } from '../world.ts';

/** This machine, with held-out checks from a bundle. Every run is executed, and none is kept for other goals. */
export function fromBundle(live: World, { state }: Facts, files: Files): Judging['world'] {
  const { gates, store, git, clock, syntax } = live;
  return {
    git,
    clock,
    syntax,
    gates: {
      layer: gates.layer,
      canaryFor: gates.canaryFor,
      run: ({ cache: _cache, ...request }, observe, signal) => gates.run(request, observe, signal),
    },
    store: {
      putBlob: (content, truncated) => store.putBlob(content, truncated),
      getBlob: async (sha256) => files.get(heldOutFile(sha256)) ?? null,
    },
    files: { readPrivate: async () => (state.revealed ? JSON.stringify(state.revealed) : null) },
  };
}
