import type { Argv, InjectRequest } from './port.ts';

/** The gate's argv with further arguments for the runner behind it; npm hands on only what follows `--`. */
export function withArguments({ argv, analysis }: Pick<InjectRequest, 'argv' | 'analysis'>, words: readonly string[]): Argv {
  const [program, ...args] = argv;
  const divided = analysis?.append === 'npm' && !args.includes('--') ? ['--', ...words] : words;
  return [program, ...args, ...divided];
}
