import { MASK } from './redact.ts';

const BEGIN = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----/;
const END = /-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----/;
/** No key is longer: a first line without a last one must not hide everything after it. */
const LONGEST = 400;

/** For text that comes line by line: a private key's lines after its first are null. The lines themselves are masked elsewhere. */
export function keyLines(): (line: string) => string | null {
  let left = 0;
  return (line) => {
    if (left > 0) {
      left = END.test(line) ? 0 : left - 1;
      return null;
    }
    const begins = BEGIN.exec(line);
    if (!begins || END.test(line.slice(begins.index))) return line;
    left = LONGEST;
    return `${line.slice(0, begins.index)}${MASK}`;
  };
}
