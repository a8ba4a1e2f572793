import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Makes what was installed for a checkout in one place lead to one in another. */
export async function renameCheckout(dir: string, from: string, to: string): Promise<void> {
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (!entry.isFile()) continue;
    const content = await readFile(file);
    if (content.includes(0) || !content.includes(from)) continue;
    await writeFile(file, content.toString('latin1').replaceAll(bytes(from), bytes(to)), 'latin1');
  }
}

const bytes = (text: string): string => Buffer.from(text).toString('latin1');
