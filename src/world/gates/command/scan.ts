/** A command line, cut the way a POSIX shell would cut it, but with nothing expanded. */
export interface Scanned {
  /** Words of each simple command, in order; operators between them are left out. */
  readonly commands: readonly (readonly string[])[];
  /** The text uses something only a shell can do: an operator, a redirection, an expansion, a pattern, an assignment. */
  readonly shell: boolean;
  /** A quote was opened and never closed, or the text ends in a backslash. */
  readonly broken: boolean;
}

const OPERATORS = new Set(['|', '&', ';', '<', '>', '(', ')', '\n']);
const EXPANSIONS = new Set(['$', '`', '*', '?', '[']);

/** Cuts `text` into simple commands and words. Never throws. */
export function scan(text: string): Scanned {
  const commands: string[][] = [];
  let words: string[] = [];
  let word: string | null = null;
  let quote: '"' | "'" | null = null;
  let shell = false;
  let broken = false;

  const endWord = (): void => {
    if (word !== null) words.push(word);
    word = null;
  };
  const endCommand = (): void => {
    endWord();
    if (words.length > 0) commands.push(words);
    words = [];
  };

  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    const next = text.charAt(at + 1);
    if (quote === "'") {
      if (char === "'") quote = null;
      else word = (word ?? '') + char;
    } else if (quote === '"') {
      if (char === '"') quote = null;
      else if (char === '\\' && ['"', '\\', '$', '`'].includes(next)) {
        word = (word ?? '') + next;
        at++;
      } else {
        if (char === '$' || char === '`') shell = true;
        word = (word ?? '') + char;
      }
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= '';
    } else if (char === '\\') {
      if (next === '') broken = true;
      word = (word ?? '') + next;
      at++;
    } else if (OPERATORS.has(char)) {
      shell = true;
      endCommand();
    } else if (/\s/.test(char)) {
      endWord();
    } else {
      if (EXPANSIONS.has(char) || (word === null && (char === '~' || char === '#'))) shell = true;
      word = (word ?? '') + char;
    }
  }
  endCommand();
  const first = commands[0]?.[0];
  if (first !== undefined && isAssignment(first)) shell = true;
  return { commands, shell, broken: broken || quote !== null };
}

/** `NAME=value` in front of a command. */
export const isAssignment = (word: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*=/.test(word);
