import { lstatSync, lutimesSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RepoPath } from '../../../domain/ids.ts';
import { repoFile } from '../../process/repo-file.ts';

/** What a run did to files, told by their times. Nothing in it can set that of a last change, and reading needs no privilege to be seen. */
export interface Watch {
  /** Of `kept`: written to, replaced or moved while the run went on, whatever they hold now. */
  rewritten(): readonly RepoPath[];
  /** Of `looked`: opened. Null where the file system keeps no times of access. */
  opened(): readonly RepoPath[] | null;
  /** Of `looked`: opened before the first of `tests`, which are of them too. Null where that cannot be seen, or no test was opened. */
  before(tests: readonly RepoPath[]): readonly RepoPath[] | null;
}

/** Long before any checkout; a file system with `relatime` notes the next access then. */
const LONG_AGO = 946_000_000;
const NEVER = BigInt(LONG_AGO) * 1_000_000_000n;

/** `folder` is one of the same file system, for a try. To be called when all is in place, and asked before anything else reads. */
export function watch(
  checkout: string,
  folder: string,
  { kept, looked }: { readonly kept: readonly RepoPath[]; readonly looked: readonly RepoPath[] },
): Watch {
  const seesAccess = looked.length > 0 && notesAccess(folder);
  for (const path of seesAccess ? looked : []) {
    const stat = statOf(checkout, path);
    if (stat?.isFile() === true) lutimesSync(repoFile(checkout, path), LONG_AGO, Number(stat.mtimeNs) / 1e9);
  }
  const before = new Map(kept.map((path) => [path, changeOf(checkout, path)]));
  const accessOf = (path: RepoPath): bigint => statOf(checkout, path)?.atimeNs ?? 0n;
  return {
    rewritten: () => kept.filter((path) => before.get(path) !== changeOf(checkout, path)),
    opened: () => (seesAccess || looked.length === 0 ? looked.filter((path) => accessOf(path) > NEVER) : null),
    before(tests) {
      if (!seesAccess) return null;
      // The system notes the first access after a long time, and none on the same day.
      const first = tests.map(accessOf).filter((time) => time > NEVER);
      const start = first.reduce<bigint | null>((least, time) => (least === null || time < least ? time : least), null);
      return start === null ? null : looked.filter((path) => accessOf(path) > NEVER && accessOf(path) < start);
    },
  };
}

const statOf = (checkout: string, path: RepoPath) =>
  lstatSync(repoFile(checkout, path), { bigint: true, throwIfNoEntry: false });

function changeOf(checkout: string, path: RepoPath): string {
  const stat = statOf(checkout, path);
  return stat === undefined ? '' : `${stat.ino} ${stat.ctimeNs}`;
}

function notesAccess(folder: string): boolean {
  const probe = join(folder, 'access');
  try {
    writeFileSync(probe, 'x');
    lutimesSync(probe, LONG_AGO, LONG_AGO);
    readFileSync(probe);
    return lstatSync(probe).atimeMs > LONG_AGO * 1000;
  } finally {
    rmSync(probe, { force: true });
  }
}
