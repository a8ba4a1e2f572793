import { sealedBefore, sealedName } from '../held-out/seal.ts';
import type { World } from '../world.ts';
import { DAY_MS, type Garbage } from './garbage.ts';

/** Blobs that no log and no sealed file names; those of today stay, as a run stores them before it names them. */
export async function blobGarbage({
  store,
  files,
  clock,
}: Pick<World, 'store' | 'clock'> & { readonly files: Pick<World['files'], 'readPrivate'> }): Promise<
  readonly Garbage[]
> {
  const old = (await store.listBlobs()).filter(({ storedMs }) => clock.now() - storedMs > DAY_MS);
  if (old.length === 0) return [];
  const named = new Set<string>();
  for (const { goal } of await store.list()) {
    const lines = await store.read(goal);
    const sealed = (await files.readPrivate(sealedName(goal))) ?? '';
    const before = (await files.readPrivate(sealedBefore(goal))) ?? '';
    // A part of an event that is a blob may name others.
    for (const text of [...lines.flatMap(({ line, event }) => [line, JSON.stringify(event)]), sealed, before])
      for (const [sha256] of text.matchAll(/[0-9a-f]{64}/g)) named.add(sha256);
  }
  const unnamed = old.filter(({ sha256 }) => !named.has(sha256));
  if (unnamed.length === 0) return [];
  return [
    {
      kind: 'blobs',
      what: `${unnamed.length} that no goal names`,
      goal: null,
      bytes: unnamed.reduce((sum, { bytes }) => sum + bytes, 0),
      remove: async () => {
        for (const { sha256 } of unnamed) await store.removeBlob(sha256);
        return true;
      },
    },
  ];
}
