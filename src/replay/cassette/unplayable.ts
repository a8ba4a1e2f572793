import type { Sha256 } from '../../domain/ids.ts';
/** Why a recording cannot be executed again, whatever the engine does. */
export class Unplayable extends Error {
  readonly kind: 'cassette_corrupt' | 'blob_corrupt' | 'not_replayable' | 'not_comparable';

  constructor(kind: Unplayable['kind'], why: string) {
    super(why);
    this.kind = kind;
  }
}

export const blobCorrupt = (sha256: Sha256): Unplayable =>
  new Unplayable('blob_corrupt', `${sha256} is not there, or is not what its name says`);
