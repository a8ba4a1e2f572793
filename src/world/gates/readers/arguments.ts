import type { Argv, InjectRequest } from './port.ts';

/** The gate's argv with further arguments for the runner behind it; npm hands on only what follows `--`. */
export function withArguments(
  { argv, analysis }: Pick<InjectRequest, 'argv' | 'analysis'>,
  words: readonly string[],
): Argv {
  const [program, ...args] = argv;
  if (analysis?.append === 'shell')
    return [program, ...args.slice(0, -1), [args.at(-1) ?? '', ...words.map(quoted)].join(' ')];
  const divided = analysis?.append === 'divided' && !args.includes('--') ? ['--', ...words] : words;
  return [program, ...args, ...divided];
}

const quoted = (word: string): string => (/^[\w/.@:=+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);
