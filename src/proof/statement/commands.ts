import { commandFile } from '../format/names.ts';
import type { Facts } from './facts.ts';
import type { Sha256 } from '../../domain/ids.ts';

/** What compared commands left, each content once: name in the bundle, and digest in the log. */
export function commandFiles({ state }: Facts): readonly (readonly [name: string, sha256: Sha256])[] {
  const digests = new Set(state.observed.flatMap(({ parts }) => parts.map(({ blob }) => blob.sha256)));
  return [...digests].map((sha256) => [commandFile(sha256), sha256]);
}
