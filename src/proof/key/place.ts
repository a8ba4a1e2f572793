import { link, mkdtemp, open, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { unusable } from './errors.ts';

/** The file appears complete and durable or not at all, and never replaces another: a link fails where its name exists. */
export async function place(path: string, content: string, mode: number): Promise<void> {
  const folder = await mkdtemp(join(dirname(path), `.${basename(path)}.`));
  const draft = join(folder, 'draft');
  try {
    const file = await open(draft, 'wx', mode);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await link(draft, path).catch((cause: unknown) => {
      if (codeOf(cause) !== 'EEXIST') throw unusable(path, 'cannot be written', cause);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  if (process.platform === 'win32') return;
  const parent = await open(dirname(path), 'r');
  try {
    await parent.sync();
  } finally {
    await parent.close();
  }
}

export const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : null);
