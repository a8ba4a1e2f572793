import { watch as watchFolder, writeFileSync, type FSWatcher } from 'node:fs';
import { join } from 'node:path';
import type { RepoPath } from '../../../domain/ids.ts';
import type { Clock } from '../../clock/port.ts';
import { repoFile } from '../../process/repo-file.ts';

/** Which folders were moved while a run went on: that leaves no trace in the files that they hold. */
export interface Moves {
  /** Folders that were moved, removed or replaced, whatever stands in their place now. Null where the system did not tell. */
  end(): Promise<readonly RepoPath[] | null>;
  /** Looks no longer. */
  close(): void;
}

/** More names than this in one run may be there to make the system forget others. */
const MOST_EVENTS = 8000;
const LIMIT_MS = 5000;

/** Watches every folder in which one of `files` lies. `aside` is a folder out of the run's sight, on the same file system. */
export function watchMoves(clock: Clock, checkout: string, aside: string, files: readonly RepoPath[]): Moves {
  const names = new Map<RepoPath, Set<string>>();
  for (const file of files)
    for (let folder = parentOf(file); folder !== ''; folder = parentOf(folder)) {
      const above = names.get(parentOf(folder)) ?? new Set();
      names.set(parentOf(folder), above.add(folder.slice(folder.lastIndexOf('/') + 1)));
    }
  const moved = new Set<RepoPath>();
  const open: FSWatcher[] = [];
  let failed = false;
  let events = 0;
  const add = (dir: string | Buffer, hear: (name: string, event: string) => void): void => {
    try {
      const watcher = watchFolder(dir, { persistent: false }, (event, name) => {
        events += 1;
        if (name !== null) hear(name, event);
      });
      watcher.on('error', () => {
        failed = true;
      });
      open.push(watcher);
    } catch {
      failed = true;
    }
  };
  for (const [parent, own] of names)
    add(repoFile(checkout, parent === '' ? '.' : parent), (name, event) => {
      if (event === 'rename' && own.has(name)) moved.add(parent === '' ? name : `${parent}/${name}`);
    });
  const close = (): void => {
    for (const watcher of open) watcher.close();
  };
  let last: (() => void) | null = null;
  if (names.size > 0) add(aside, (name) => (name === 'last' ? last?.() : undefined));
  return {
    async end() {
      if (names.size === 0 || failed) return failed ? null : [];
      // Events come in the order in which things happened: after this one there are no more of the run.
      const told = new Promise<boolean>((resolve) => {
        const giveUp = clock.after(LIMIT_MS, () => resolve(false));
        last = () => {
          giveUp();
          resolve(true);
        };
      });
      writeFileSync(join(aside, 'last'), '');
      const isWhole = (await told) && !failed && events < MOST_EVENTS;
      close();
      return isWhole ? [...moved].sort() : null;
    },
    close,
  };
}

const parentOf = (path: RepoPath): RepoPath => path.slice(0, Math.max(0, path.lastIndexOf('/')));
