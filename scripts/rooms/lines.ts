/** The formatter stops at 120 and breaks no text, comment or pattern: those may go on to here. */
const LIMIT = 140;
/** What cannot be broken: a digest or an address in the content of a file. */
const UNBREAKABLE = /[0-9a-f]{64}|\bsha\d{3}-\S{40}|https?:\/\/\S{60}/;

/** Every line of a source file that is too long, as `file:line`. */
export function longLines(file: string, text: string): readonly string[] {
  return text.split('\n').flatMap((line, at) => {
    if (line.length <= LIMIT || UNBREAKABLE.test(line)) return [];
    return [`${file}:${at + 1}: ${line.length} characters, more than ${LIMIT}`];
  });
}
