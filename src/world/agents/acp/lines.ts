import type { Readable } from 'node:stream';

/** What one message may hold, in bytes; the limit of the protocol's own library. */
const LONGEST_LINE = 32 * 1024 * 1024;
const NEWLINE = 0x0a;

/** A line over the limit: the other side does not speak the protocol. */
export class LineTooLong extends Error {
  constructor(limit: number) {
    super(`a message of more than ${limit} bytes`);
    this.name = 'LineTooLong';
  }
}

/** Cuts a byte stream into lines, read only as fast as they are taken. Throws `LineTooLong`. */
export async function* readLines(input: Readable, limit = LONGEST_LINE): AsyncGenerator<string> {
  let parts: Buffer[] = [];
  let held = 0;
  const hold = (part: Buffer): void => {
    held += part.length;
    if (held > limit) throw new LineTooLong(limit);
    parts.push(part);
  };
  for await (const chunk of input) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    let from = 0;
    for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, from)) {
      hold(bytes.subarray(from, at));
      yield Buffer.concat(parts).toString('utf8').trim();
      parts = [];
      held = 0;
      from = at + 1;
    }
    if (from < bytes.length) hold(bytes.subarray(from));
  }
  if (held > 0) yield Buffer.concat(parts).toString('utf8').trim();
}
