import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Cassettes, CassetteWriter, StoredCassette } from './port.ts';
import type { GoalId } from '../../domain/ids.ts';

const RUN = /^(\d{1,6})\.tape$/;

/** Names inside of a cassette, on the disk and in a bundle. */
const CONTENT = 'content';

/** More than a text of Node can hold. */
const LARGEST = 2 ** 29;

export function openCassettes(stateDir: string, maxBytes: number): Cassettes {
  const folder = (goal: GoalId): string => join(stateDir, 'cassettes', goal);
  return {
    maxBytes,
    folder,
    here: { node: process.versions.node, system: `${process.platform} ${process.arch}` },
    begin: (goal) => begin(folder(goal)),
    read: (goal) => (runsOf(folder(goal)).length === 0 ? null : readCassette(folder(goal))),
    bytesOf: (goal) => bytesOf(folder(goal)),
  };
}

function runsOf(folder: string): readonly number[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  const found = readdirSync(folder).flatMap((name) => RUN.exec(name)?.[1] ?? []);
  return found.map(Number).sort((a, b) => a - b);
}

/** Synchronous: a process that is killed has written all that it acted on. */
function begin(folder: string): CassetteWriter {
  mkdirSync(join(folder, CONTENT), { recursive: true, mode: 0o700 });
  const run = (runsOf(folder).at(-1) ?? 0) + 1;
  const file = openSync(join(folder, `${run}.tape`), 'ax', 0o600);
  return {
    run,
    append: (line) => void writeSync(file, line),
    keep: (sha256, content) => {
      const path = join(folder, CONTENT, sha256);
      const packed = zstdCompressSync(content);
      // One that a process was killed over is shorter.
      if (existsSync(path) && statSync(path).size === packed.length) return 0;
      writeFileSync(path, packed, { mode: 0o600 });
      return packed.length;
    },
    close: () => closeSync(file),
  };
}

/** A cassette that lies in a folder, which somebody else may have made. */
export function readCassette(folder: string): StoredCassette {
  return {
    // One that is gone is empty: the others keep their numbers, which their first links are made of.
    runs: Array.from({ length: runsOf(folder).at(-1) ?? 0 }, (_, at) =>
      textOf(plainFile(join(folder, `${at + 1}.tape`))),
    ),
    content: (sha256) => {
      const packed = /^[0-9a-f]{64}$/.test(sha256) ? plainFile(join(folder, CONTENT, sha256)) : null;
      return packed === null ? null : unpacked(packed);
    },
    contents: () => (existsSync(join(folder, CONTENT)) ? readdirSync(join(folder, CONTENT)) : []),
  };
}

/** A sign that stands for one wrong byte stands for any: where whole lines are no UTF-8, the text is another than the one written. */
function textOf(bytes: Buffer | null): string {
  if (bytes === null) return '';
  const text = bytes.toString('utf8');
  const size = bytes.lastIndexOf('\n') + 1;
  const isAsWritten = Buffer.from(text).subarray(0, size).equals(bytes.subarray(0, size));
  return isAsWritten ? text : bytes.toString('latin1');
}

/** A link, a pipe, a folder or a file too large to be a text is as if it were not there: none is followed or waited for. */
export function plainFile(path: string): Buffer | null {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found?.isFile() && found.size < LARGEST ? readFileSync(path) : null;
}

/** Also a link to nothing. */
export const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

/** What zlib gives with `info`, which its types do not know. */
interface Taken {
  readonly buffer: Uint8Array;
  readonly engine: { readonly bytesWritten: number };
}

const isTaken = (value: unknown): value is Taken => typeof value === 'object' && value !== null && 'engine' in value;

/** What cannot be unpacked, or has more behind it, is as if it were not there: its name tells. */
export function unpacked(bytes: Buffer): Uint8Array | null {
  try {
    const taken: unknown = zstdDecompressSync(bytes, { maxOutputLength: LARGEST, info: true });
    return isTaken(taken) && taken.engine.bytesWritten === bytes.length ? taken.buffer : null;
  } catch {
    return null;
  }
}

function bytesOf(folder: string): number {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .reduce((sum, each) => sum + statSync(join(each.parentPath, each.name)).size, 0);
}
