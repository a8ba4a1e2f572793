import type { Facts } from './facts.ts';

/** Digests of what is revealed, each once: held-out checks, and the wrong solution they fail on. */
export const revealedDigests = ({ state: { revealed } }: Facts): readonly string[] => [
  ...new Set(
    [...(revealed?.files ?? []), ...(revealed?.wrong ?? [])].flatMap(({ blob }) =>
      blob === null ? [] : [blob.sha256],
    ),
  ),
];
