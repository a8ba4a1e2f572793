import { OmkError } from '../../../domain/error.ts';

export const GATES_FILE = '.omk/gates.toml';

/** `GATES_INVALID`, exit 2: the file, the line and one sentence. */
export const invalid = (line: number, sentence: string, cause?: unknown): OmkError =>
  new OmkError(
    'GATES_INVALID',
    `${GATES_FILE}:${line}: ${sentence}`,
    `Fix ${GATES_FILE}, commit it, and run \`omk gates list\`.`,
    {
      exit: 2,
      ...(cause === undefined ? {} : { cause }),
    },
  );
