import { OmkError } from '../../domain/error.ts';
import { isPlainName } from '../format/names.ts';
import type { Recorder } from './report.ts';

/** A bundle is data from strangers: these bound what reading it may cost. Bytes, files, lines. */
export const LIMITS = {
  files: 10_000,
  file: 64 * 1024 * 1024,
  bundle: 512 * 1024 * 1024,
  lines: 200_000,
} as const;

export interface BundleReader {
  /** File names with `/` between folders; any order. */
  readonly names: readonly string[];
  /** Content of one of `names`; null when it cannot be read. May throw `OmkError` `E_TOO_LARGE`. */
  read(name: string): Uint8Array | null;
}

export type Files = ReadonlyMap<string, Uint8Array>;

/** Reads every file once, within the limits; null when the bundle must not be looked at further. */
export function readFiles({ names, read }: BundleReader, to: Recorder): Files | null {
  if (!to.check('E_TOO_LARGE', names.length <= LIMITS.files, `the bundle has ${names.length} files`)) return null;
  const odd = names.find((name, index) => !isPlainName(name) || names.indexOf(name) !== index);
  if (
    !to.check(
      'E_BUNDLE',
      odd === undefined,
      odd === undefined ? 'file names are plain' : `${JSON.stringify(odd)} is no name of a bundle's file`,
    )
  )
    return null;
  const files = new Map<string, Uint8Array>();
  let total = 0;
  for (const name of names) {
    const content = readOne(name, read);
    total += content === 'too_large' ? Infinity : (content?.length ?? 0);
    if (content === 'too_large' || content === null || content.length > LIMITS.file || total > LIMITS.bundle) {
      to.check(
        content === null ? 'E_BUNDLE' : 'E_TOO_LARGE',
        false,
        `${name} ${content === null ? 'cannot be read' : 'is over the limit'}`,
      );
      return null;
    }
    files.set(name, content);
  }
  to.check('E_TOO_LARGE', true, `${files.size} files, ${total} bytes`);
  return files;
}

function readOne(name: string, read: BundleReader['read']): Uint8Array | null | 'too_large' {
  try {
    return read(name);
  } catch (cause) {
    if (cause instanceof OmkError && cause.code === 'E_TOO_LARGE') return 'too_large';
    throw cause;
  }
}
