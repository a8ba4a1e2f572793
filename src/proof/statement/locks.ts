import { lockFile } from '../format/names.ts';
import type { Facts } from './facts.ts';
import type { Sha256 } from '../../domain/ids.ts';

/** The lock files that omk made for a base without one: name in the bundle, and digest in the log. */
export const lockFiles = ({ state: { dependencies } }: Facts): readonly (readonly [name: string, sha256: Sha256])[] =>
  (dependencies?.locks ?? []).map(({ path, blob }) => [lockFile(path), blob.sha256]);
