import type { Sha256 } from '../../domain/ids.ts';
/** Why a recording cannot be executed again, whatever the engine does. */
export class Unplayable extends Error {
  readonly kind: 'cassette_corrupt' | 'blob_corrupt' | 'not_replayable' | 'not_comparable';
  /** What can be done all the same. */
  readonly fix: string | null;

  constructor(kind: Unplayable['kind'], why: string, fix: string | null = null) {
    super(why);
    this.kind = kind;
    this.fix = fix;
  }
}

export const blobCorrupt = (sha256: Sha256): Unplayable =>
  new Unplayable('blob_corrupt', `${sha256} is not there, or is not what its name says`);
