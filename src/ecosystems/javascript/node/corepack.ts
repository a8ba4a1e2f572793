import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { findProgram } from '../../../world/sandbox/environment.ts';
import { realPath } from '../../../world/sandbox/paths.ts';
import type { Build } from '../../../world/gates/layers/plan.ts';

/** In the layer, beside the packages. */
const HOME = '.corepack';

/** Where a program on a PATH is only a stand-in that fetches the version a project names: what stands beside it. Null for any other. */
export function corepackOf(program: string, path: string): string | null {
  const found = findProgram(program, path);
  const real = found === null ? null : realPath(found);
  return real !== null && /\/corepack\/dist\/\w+\.js$/.test(real) ? join(dirname(real), 'corepack.js') : null;
}

/** For installing: the manager itself is fetched into the layer. Only where a corepack looks at it. */
export const fetching = (build: Build): Record<string, string> => ({
  COREPACK_HOME: join(build.out, HOME),
  COREPACK_ENABLE_DOWNLOAD_PROMPT: '0',
  COREPACK_ENABLE_AUTO_PIN: '0',
});

/** For gates, which have no network: the manager of the layer. */
export const FETCHED: Readonly<Record<string, string>> = {
  COREPACK_HOME: `$DIR/${HOME}`,
  COREPACK_ENABLE_NETWORK: '0',
  COREPACK_ENABLE_AUTO_PIN: '0',
};

/** Puts what was fetched where gates see it. */
export async function takeFetched(build: Build, modules: string): Promise<void> {
  const from = join(build.out, HOME);
  if (existsSync(from)) await rename(from, join(modules, HOME));
}
