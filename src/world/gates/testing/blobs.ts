import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Blobs } from '../port.ts';

/** Blobs that are kept in memory, and can be looked at. */
export function memoryBlobs(): Blobs & { text(sha256: string): string } {
  const kept = new Map<string, Buffer>();
  const putBlob: Blobs['putBlob'] = async (content, truncated = false) => {
    const sha256 = createHash('sha256').update(content).digest('hex');
    kept.set(sha256, Buffer.from(content));
    return { sha256, bytes: content.length, truncated };
  };
  return {
    putBlob,
    putFile: async (path) => putBlob(await readFile(path)),
    getBlob: async (sha256) => kept.get(sha256) ?? null,
    text: (sha256) => kept.get(sha256)?.toString('utf8') ?? '',
  };
}
