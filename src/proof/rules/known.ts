import type { Sha256 } from '../../domain/ids.ts';

export interface KnownSet {
  /** `judge/1`. */
  readonly id: string;
  readonly status: 'current' | 'superseded' | 'withdrawn';
  /** Of its bundle in share/rules; null as long as it is not frozen and may change. */
  readonly digest: Sha256 | null;
  /** What a withdrawn set takes for shown that is not. */
  readonly hole?: string;
}

/** Every set that judged, the oldest first; the last one is the source as it is. `npm run rules -- freeze` writes this list. */
export const KNOWN_SETS: readonly KnownSet[] = [{ id: 'judge/1', status: 'current', digest: null }];
