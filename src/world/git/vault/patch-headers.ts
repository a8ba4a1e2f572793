const START = Buffer.from('diff --git a/');
const NEWLINE = 10;

/** `diff --git a/P b/P` with both names quoted, or null when it can stay. */
function quoted(line: string): string | null {
  const names = line.slice('diff --git '.length);
  const path = names.slice(2, (names.length - 1) / 2);
  if (!path.includes(' /') || names !== `a/${path} b/${path}`) return null;
  return `diff --git "a/${path}" "b/${path}"`;
}

/**
 * Quotes names in the headers of a patch where a folder's name ends in a space. git writes them bare, and 2.39
 * cannot read them again when nothing but the header names the file (an empty file, a changed mode).
 * A line of content never starts like a header: it has `+`, `-`, a space or a length in front.
 */
export function quoteHeaders(patch: Buffer): Buffer {
  const parts: Buffer[] = [];
  let done = 0;
  for (let at = patch.indexOf(START); at >= 0; at = patch.indexOf(START, at + 1)) {
    if (at > 0 && patch[at - 1] !== NEWLINE) continue;
    const newline = patch.indexOf(NEWLINE, at);
    const end = newline < 0 ? patch.length : newline;
    const line = quoted(patch.subarray(at, end).toString('latin1'));
    if (line === null) continue;
    parts.push(patch.subarray(done, at), Buffer.from(line, 'latin1'));
    done = end;
  }
  return parts.length === 0 ? patch : Buffer.concat([...parts, patch.subarray(done)]);
}
