// oxlint-disable no-control-regex -- control characters are what this file is about
const SEQUENCES = new RegExp(
  String.raw`\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[PX^_][^\u001b]*(?:\u001b\\)?|` +
    String.raw`\u001b\[[0-?]*[ -/]*[@-~]|\u001b[ -/]*[0-~]|\u009b[0-?]*[ -/]*[@-~]`,
  'g',
);
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Removes terminal control sequences, control characters other than tab and newline, and bidirectional overrides (trust rule T16). */
export const clean = (text: string): string => text.replace(/\r\n/g, '\n').replace(SEQUENCES, '').replace(CONTROLS, '');

/** One line for a terminal: cleaned, white space folded, at most `length` characters. */
export const cleanLine = (text: string, length = 200): string => {
  const line = clean(text).replace(/\s+/g, ' ').trim();
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
};
