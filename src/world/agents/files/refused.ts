/** A file request that the rules or the disk refuse; the sentence goes to the agent. */
export class FileRefused extends Error {
  readonly missing: boolean;

  constructor(sentence: string, options: { missing?: boolean } = {}) {
    super(sentence);
    this.name = 'FileRefused';
    this.missing = options.missing ?? false;
  }
}

/** The `code` of a system error, empty for anything else. */
export const errorCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
