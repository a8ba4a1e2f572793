import { scan } from './scan.ts';

type Argv = readonly [string, ...string[]];

export type ParsedCommand =
  | { readonly kind: 'argv'; readonly argv: Argv }
  /** Shell syntax: the text runs as `sh -c <text>`. */
  | { readonly kind: 'shell'; readonly argv: Argv }
  | { readonly kind: 'invalid'; readonly why: string };

/** A command line to the argv omk runs. Quotes are understood, nothing is expanded; shell syntax goes to `sh -c`. */
export function parseCommand(text: string): ParsedCommand {
  if (text.includes('\0')) return { kind: 'invalid', why: 'it contains a NUL character' };
  const { commands, shell, broken } = scan(text);
  if (broken) return { kind: 'invalid', why: 'a quote is not closed' };
  const [program, ...args] = commands[0] ?? [];
  if (program === undefined || program === '') return { kind: 'invalid', why: 'it is empty' };
  return shell ? { kind: 'shell', argv: ['sh', '-c', text] } : { kind: 'argv', argv: [program, ...args] };
}
