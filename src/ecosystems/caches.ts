import type { Ecosystem } from '../domain/ecosystem.ts';
import type { BuildCache } from '../world/gates/run/build-cache.ts';
import { goCache } from './go/cache.ts';

/** Caches of what toolchains compile, beside what is installed. Apart from `gates.ts`, so that a verifier has none of it. */
export const CACHES: Readonly<Partial<Record<Ecosystem, BuildCache>>> = {
  go: goCache,
};
