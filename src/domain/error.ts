import type { ErrorCode } from './error-code.ts';

/** A failure that is not a bug: a stable code, one sentence, and what the user can do. */
export class OmkError extends Error {
  readonly code: ErrorCode;
  /** A command or an action that mends it. */
  readonly fix: string;
  /** Exit code of the program when nothing handles it. */
  readonly exit: number;

  constructor(code: ErrorCode, sentence: string, fix: string, options: { exit?: number; cause?: unknown } = {}) {
    super(sentence, 'cause' in options ? { cause: options.cause } : {});
    this.name = 'OmkError';
    this.code = code;
    this.fix = fix;
    this.exit = options.exit ?? 2;
  }
}
