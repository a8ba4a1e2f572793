import { mkdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sha256Hex } from '../../../proof/format/bytes.ts';

/** The settings files that omk made, where there were none: when its hooks go, so do they. */
export interface MadeFiles {
  has(file: string): Promise<boolean>;
  /** `folder`: the first folder that was made for it; null: there was one. */
  add(file: string, folder: string | null): Promise<void>;
  /** Forgets a file that is gone, and takes out the folders that were made for it, where they are empty. */
  remove(file: string): Promise<void>;
}

export function madeFiles(stateDir: string): MadeFiles {
  const note = (file: string): string =>
    join(stateDir, 'hooks-made', sha256Hex(new TextEncoder().encode(file)).slice(0, 32));
  const read = (file: string): Promise<string | null> => readFile(note(file), 'utf8').catch(() => null);
  return {
    has: async (file) => (await read(file)) !== null,
    add: async (file, folder) => {
      await mkdir(dirname(note(file)), { recursive: true, mode: 0o700 });
      await writeFile(note(file), folder ?? '', { mode: 0o600 });
    },
    remove: async (file) => {
      const made = (await read(file)) ?? '';
      await rm(note(file), { force: true });
      if (made === '') return;
      for (let folder = dirname(file); folder.startsWith(made); folder = dirname(folder))
        if (
          !(await rmdir(folder).then(
            () => true,
            () => false,
          ))
        )
          return;
    },
  };
}
