import type { RawPath } from '../paths.ts';
import type { GitCall } from '../run.ts';
import { git } from '../run.ts';
import { withoutDrivers } from './drivers.ts';

export interface CheckoutStatus {
  readonly changed: readonly RawPath[];
  readonly untracked: readonly RawPath[];
  /** Ignored paths, where asked for. */
  readonly ignored: readonly RawPath[];
}

/**
 * What differs from HEAD in a user's checkout. Runs none of its programs and writes nothing, not even its index.
 * Submodules count as changed by their commit only: looking into them would run their settings.
 */
export async function checkoutStatus(call: GitCall, below: { readonly path: RawPath; readonly ignored: boolean } | null = null): Promise<CheckoutStatus> {
  const args = ['status', '--porcelain=v1', '-z', '--no-renames', '--ignore-submodules=dirty', `--untracked-files=${below === null ? 'normal' : 'all'}`];
  if (below !== null) args.push(...(below.ignored ? ['--ignored=traditional'] : []), '--', below.path);
  const output = await git(args, { ...call, config: [...(call.config ?? []), ...(await withoutDrivers(call))] });
  const status = { changed: new Array<RawPath>(), untracked: new Array<RawPath>(), ignored: new Array<RawPath>() };
  for (const line of output.toString('latin1').split('\0')) {
    if (line === '') continue;
    const path = line.slice(3);
    if (line.startsWith('??')) status.untracked.push(path);
    else if (line.startsWith('!!')) status.ignored.push(path);
    else status.changed.push(path);
  }
  return status;
}
