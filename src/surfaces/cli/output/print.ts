import { environment } from '../../../app/here.ts';
import { clean } from '../../../domain/text/clean.ts';
import { write } from './streams.ts';

/** Where a command writes: results to stdout, everything else to stderr. */
export interface Output {
  readonly json: boolean;
  /** Results are for a person at a terminal: colour is welcome. */
  readonly colour: boolean;
  /** Width of the terminal, null when there is none. */
  readonly columns: number | null;
  /** The terminal knows its size and moves its cursor: a picture can be drawn again. */
  readonly redraws: boolean;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

export function openOutput(json: boolean): Output {
  const { stdout } = process;
  const env = environment();
  return {
    json,
    colour: stdout.isTTY === true && !json && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb',
    columns: stdout.isTTY === true ? columnsOf(stdout) : null,
    redraws: stdout.isTTY === true && env['TERM'] !== 'dumb' && stdout.columns > 0 && stdout.rows > 0,
    out: (text) => write('stdout', `${text}\n`),
    err: (text) => write('stderr', `${text}\n`),
  };
}

/** Width of a terminal; one that does not know its own says 0. */
export const columnsOf = ({ columns }: { readonly columns?: number }): number =>
  columns !== undefined && columns > 0 ? columns : 80;

export const printJson = (output: Output, value: unknown): void => output.out(JSON.stringify(value, jsonSafe, 2));

/** On one line, as what may stand among events must be. */
export const printJsonLine = (output: Output, value: unknown): void => output.out(JSON.stringify(value, jsonSafe));

/** Counts of 64 bits as decimal text, as the log holds them. */
const jsonSafe = (_key: string, value: unknown): unknown => {
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Map) return Object.fromEntries(value);
  if (value instanceof Set) return [...value];
  return typeof value === 'string' ? clean(value) : value;
};
