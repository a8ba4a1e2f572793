import type { FoundSecret } from '../../domain/secrets/find.ts';

interface ScannedFile {
  readonly path: string;
  readonly content: Uint8Array;
  /** Values that are secret beside those of the environment. Absent: none. */
  readonly known?: readonly string[];
}

/** Looks for secrets in files. What it returns holds the values: it is not for logs. */
export interface Secrets {
  /** Secrets by their place in `textOf` the content. No network, no settings or comments of the repository are heeded. */
  scan(file: ScannedFile): Promise<readonly FoundSecret[]>;
  /** The file's bytes as the text that is scanned. */
  textOf(content: Uint8Array): string;
}
