import { createHash } from 'node:crypto';
import type { GitBlobId } from '../../../domain/ids.ts';

export type ObjectFormat = 'sha1' | 'sha256';

/** git's name of an object: a hash over its kind, its length and its bytes. */
export function objectId(format: ObjectFormat, kind: 'blob' | 'tree' | 'commit', content: Uint8Array): GitBlobId {
  return createHash(format).update(`${kind} ${content.length}\0`).update(content).digest('hex');
}

export function zeroId(format: ObjectFormat): string {
  return '0'.repeat(format === 'sha1' ? 40 : 64);
}
