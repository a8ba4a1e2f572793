import { join } from 'node:path';
import type { ObjectFormat } from '../objects/id.ts';
import type { GitCall } from '../run.ts';

/** One vault on disk. */
export interface VaultPlace {
  readonly dir: string;
  readonly format: ObjectFormat;
  /** On the vault's own disk, so that what is made there can be moved in. */
  readonly temporary: string;
  readonly call: GitCall;
}

export function vaultPlace(dir: string, format: ObjectFormat): VaultPlace {
  return { dir, format, temporary: join(dir, 'omk-tmp'), call: { gitDir: dir, whose: 'omk' } };
}

export const BASES = 'refs/omk/bases';

/** Keeps a base commit in the vault; there only once all of it is. */
export function baseRef(commit: string): string {
  return `${BASES}/${commit}`;
}
