const SPACE = /\s/u;

/**
 * A command line as words, the way a shell cuts them: quotes and backslashes, but no variables, no globs, no
 * operators. Null when a quote is not closed or there is no word.
 */
export function splitWords(line: string): readonly [string, ...string[]] | null {
  const words: string[] = [];
  let word: string | null = null;
  let quote: string | null = null;
  for (let at = 0; at < line.length; at += 1) {
    const char = line.charAt(at);
    if (char === '\\' && quote !== "'") {
      const next = line.charAt(at + 1);
      if (next === '') return null;
      word = (word ?? '') + (quote === '"' && !'"\\$`'.includes(next) ? char + next : next);
      at += 1;
    } else if (quote !== null) {
      if (char === quote) quote = null;
      else word = (word ?? '') + char;
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= '';
    } else if (SPACE.test(char)) {
      if (word !== null) words.push(word);
      word = null;
    } else {
      word = (word ?? '') + char;
    }
  }
  if (quote !== null) return null;
  if (word !== null) words.push(word);
  const [first, ...rest] = words;
  return first === undefined || first === '' ? null : [first, ...rest];
}
