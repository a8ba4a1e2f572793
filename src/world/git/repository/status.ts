import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RawPath } from '../../../domain/git/path-bytes.ts';
import type { GitCall } from '../run.ts';
import { git } from '../run.ts';
import { withoutDrivers } from './drivers.ts';
import { userSettings } from './user-settings.ts';

export interface CheckoutStatus {
  readonly changed: readonly RawPath[];
  readonly untracked: readonly RawPath[];
  /** What differs below `.omk/`, ignored files too: they would not be part of a commit. */
  readonly policy: readonly RawPath[];
}

const POLICY = '.omk';

interface Line {
  readonly untracked: boolean;
  readonly path: RawPath;
}

async function status(call: GitCall, options: readonly string[]): Promise<Line[]> {
  const output = await git(
    ['status', '--porcelain=v1', '-z', '--no-renames', '--ignore-submodules=dirty', ...options],
    call,
  );
  const lines = output
    .toString('latin1')
    .split('\0')
    .filter((line) => line !== '');
  return lines.map((line) => ({ untracked: line.startsWith('??'), path: line.slice(3) }));
}

/**
 * What differs from HEAD in a user's checkout, by the user's own settings. Runs none of its programs and writes
 * nothing, not even its index.
 * Submodules count as changed by their commit only: looking into them would run their settings.
 */
export async function checkoutStatus(user: GitCall & { readonly workTree: string }): Promise<CheckoutStatus> {
  const [settings, off] = await Promise.all([userSettings(user), withoutDrivers(user)]);
  const call: GitCall = { ...user, config: [...settings, ...off] };
  const hasPolicy = (await lstat(join(user.workTree, POLICY)).catch(() => null)) !== null;
  const [all, below] = await Promise.all([
    status(call, ['--untracked-files=normal']),
    hasPolicy ? status(call, ['--untracked-files=all', '--ignored=traditional', '--', POLICY]) : [],
  ]);
  const gone = all.filter(({ path }) => path === POLICY || path.startsWith(`${POLICY}/`));
  const paths = (lines: readonly Line[]): RawPath[] => lines.map(({ path }) => path);
  return {
    changed: paths(all.filter(({ untracked }) => !untracked)),
    untracked: paths(all.filter(({ untracked }) => untracked)),
    policy: paths(hasPolicy ? below : gone),
  };
}
