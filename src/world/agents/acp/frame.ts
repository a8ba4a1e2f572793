import { isRecord } from '../../../domain/record.ts';

// oxlint-disable no-control-regex -- control characters are what this file is about

export interface Frame {
  /** The JSON of the line; undefined when there is none. */
  readonly value: unknown;
  /** What stood in the line and belongs to no message: a terminal's control sequences, words of a program on the way. */
  readonly stray: string;
}

/** JSON has no raw control characters, so that these belong to no message. */
const SEQUENCES =
  /\u001b\][^\u0007\u001b]{0,4096}(?:\u0007|\u001b\\)|\u001b\[[0-?]*[ -/]*[@-~]|\u001b[ -/]*[0-Z\\^-~]/gu;
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f]/gu;
/** How many places of a line are tried. */
const TRIES = 16;

/** A line of an agent's output as a message, and what stood around it. */
export function readFrame(line: string): Frame {
  const whole = parse(line);
  if (whole !== undefined) return { value: whole, stray: '' };
  const plain = line.replace(SEQUENCES, '').replace(CONTROLS, '').trim();
  const value = plain === line ? undefined : parse(plain);
  if (value !== undefined)
    return { value, stray: line.match(SEQUENCES)?.join('') ?? line.slice(0, line.length - plain.length) };
  const framed = afterWords(plain);
  return framed.value === undefined ? { value: undefined, stray: line } : framed;
}

/** Words before a message without an end of line: only what says that it is of the protocol is taken for one. */
function afterWords(line: string): Frame {
  let at = line.indexOf('{', 1);
  for (let tries = 0; at !== -1 && tries < TRIES; tries += 1) {
    const value = parse(line.slice(at));
    if (isRecord(value) && value['jsonrpc'] === '2.0') return { value, stray: line.slice(0, at) };
    at = line.indexOf('{', at + 1);
  }
  return { value: undefined, stray: line };
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
