// Made from the folders by npm run tables: do not edit.
import type { BuildCache } from '../world/gates/run/build-cache.ts';
import { go } from './go/cache.ts';

/** Caches of what toolchains compile, beside what is installed. Apart from `gates.ts`, so that a verifier has none of it. */
export const CACHES: Readonly<Record<string, BuildCache>> = {
  go,
};
