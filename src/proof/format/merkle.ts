import { concat, sha256 } from './bytes.ts';

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** RFC 6962 tree head over the leaves, 32 bytes. The root of no leaves is the hash of nothing. */
export function merkleRoot(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256('');
  let level = leaves.map((leaf) => sha256(concat(LEAF, leaf)));
  // Pairing neighbours and carrying an odd last one up is the RFC's split at the largest power of two.
  while (level.length > 1) {
    const next: Uint8Array[] = [];
    for (let index = 0; index < level.length; index += 2) {
      const [left, right] = level.slice(index, index + 2);
      if (left) next.push(right ? sha256(concat(NODE, left, right)) : left);
    }
    level = next;
  }
  return level[0] ?? sha256('');
}
