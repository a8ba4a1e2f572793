import { openSigner } from '../../proof/key/open.ts';
import { buildProof } from '../../proof/write/build.ts';
import { currentSnapshot } from '../../domain/goal/state.ts';
import type { ProofPublisher } from './port.ts';

/** Bundles signed with omk's own key, or the user's SSH key when one is configured. */
export function proofPublisher(options: {
  readonly stateDir: string;
  readonly configuredKey: string | null;
  readonly version: string;
}): ProofPublisher {
  return {
    build: async ({ lines, state, store }) => {
      const candidate = currentSnapshot(state)?.candidate;
      const examined = candidate === undefined ? undefined : state.examined.get(candidate);
      const patch = examined ? await store.getBlob(examined.patch.sha256) : null;
      return buildProof({
        lines,
        blob: (sha256) => store.getBlob(sha256),
        patch: patch ?? new Uint8Array(),
        signer: await openSigner({ stateDir: options.stateDir, configuredKey: options.configuredKey }),
        omkVersion: options.version,
      });
    },
  };
}
