import { lstatSync } from 'node:fs';
import type { RawPath } from '../../../domain/git/path-bytes.ts';
import type { Stamps } from '../port.ts';
import { pathBelow, walk } from '../snapshot/walk.ts';

/** The file system's clock moves in steps of up to 10 ms: a write within the step of the one before it leaves no trace. */
const STEP_NS = 20_000_000n;

/** Inode, time of the last change of any kind, size and mode. */
const stamp = ({
  ino,
  ctimeNs,
  size,
  mode,
}: {
  readonly ino: bigint;
  readonly ctimeNs: bigint;
  readonly size: bigint;
  readonly mode: bigint;
}): string => `${ino} ${ctimeNs} ${size} ${mode}`;

/**
 * Of every file in `dir`. What changed just now has none, as a later change could look the same; `now` is in
 * milliseconds since the epoch. Nothing in a sandbox can set the time of a file's last change.
 */
export async function takeStamps(dir: string, now: number): Promise<Stamps> {
  const limit = BigInt(Math.floor(now)) * 1_000_000n - STEP_NS;
  const stamps = new Map<RawPath, string>();
  for (const [index, { path }] of walk(dir, { skip: new Set(), leaveGit: false }).files.entries()) {
    if (index % 256 === 255) await new Promise(setImmediate);
    const stat = lstatSync(pathBelow(dir, path), { bigint: true });
    if (stat.ctimeNs < limit) stamps.set(path, stamp(stat));
  }
  return stamps;
}

/** The file at `path` is the one that was stamped, and nothing about it changed since. */
export function hasStamp(dir: string, path: RawPath, stamps: Stamps): boolean {
  const known = stamps.get(path);
  if (known === undefined) return false;
  const stat = lstatSync(pathBelow(dir, path), { bigint: true, throwIfNoEntry: false });
  return stat !== undefined && stamp(stat) === known;
}
