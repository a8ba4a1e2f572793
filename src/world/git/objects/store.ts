import { mkdir, open, rename, rm, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { objectId, type ObjectFormat } from './id.ts';

export interface NewObject {
  readonly kind: 'blob' | 'tree';
  readonly content: Uint8Array;
}

const compress = promisify(deflate);
/** What git is told for its own: they are small, and somebody waits. */
const LEVEL = 1;

/** Puts objects into a repository of omk's own, each a file as git writes it; durable on return. */
export async function storeObjects(gitDir: string, format: ObjectFormat, objects: readonly NewObject[]): Promise<void> {
  const byId = new Map(objects.map((each) => [objectId(format, each.kind, each.content), each]));
  await Promise.all([...byId].map(([id, each]) => storeObject(gitDir, id, each)));
}

async function storeObject(gitDir: string, id: string, { kind, content }: NewObject): Promise<void> {
  const file = join(gitDir, 'objects', id.slice(0, 2), id.slice(2));
  if (await isKept(file)) return;
  const bytes = await compress(Buffer.concat([Buffer.from(`${kind} ${content.length}\0`), content]), { level: LEVEL });
  const draft = join(dirname(file), `tmp_obj_${crypto.randomUUID()}`);
  await mkdir(dirname(file), { recursive: true });
  try {
    const handle = await open(draft, 'wx', 0o444);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** One that is there is as new as what is written now: what nobody names goes when it is old. */
async function isKept(file: string): Promise<boolean> {
  const now = new Date();
  return utimes(file, now, now).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}
