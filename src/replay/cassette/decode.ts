import { isObject } from '../../domain/record.ts';
import type { ErrorCode } from '../../domain/error-code.ts';
import { ERROR_CODES } from '../../domain/error-code.ts';
import { OmkError } from '../../domain/error.ts';
import { MASK } from '../../domain/text/redact.ts';
import type { Encoded } from './encode.ts';
import type { Sha256 } from '../../domain/ids.ts';

type Call = (...args: readonly unknown[]) => unknown;

export interface DecodeWith {
  readonly text: (text: string) => string;
  /** Content by its name: bytes, or text that was too long to stand in a line. */
  readonly content: (sha256: Sha256) => Uint8Array;
  readonly call: (path: string) => Call;
  readonly each: (path: string) => AsyncIterable<unknown>;
  /** Notes that an object stands for what is called so, and gives what stands for it. */
  readonly name: (path: string, value: object) => object;
  readonly named: (path: string) => unknown;
}

/** The value that was written, with what can be called in the place of its marks. `path`: what it is called. */
export function decode(value: Encoded, path: string, how: DecodeWith): unknown {
  if (typeof value === 'string') return how.text(value);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((each: Encoded, at) => decode(each, `${path}.${at}`, how));
  const members = Object.entries(value);
  if (!('$' in value)) return decodeObject(members, path, how);
  const { v = null } = value;
  return decodeMarked(wordOf(value['$']), v, value, path, how);
}

function decodeObject(members: readonly (readonly [string, Encoded])[], path: string, how: DecodeWith): object {
  const object = Object.fromEntries(members.map(([key, each]) => [key, decode(each, `${path}.${key}`, how)]));
  return members.some(([, each]) => isMark(each, 'call')) ? how.name(path, object) : object;
}

const isMark = (value: Encoded, mark: string): boolean => isObject(value) && '$' in value && value.$ === mark;

function decodeMarked(
  mark: string,
  v: Encoded,
  whole: { readonly [key: string]: Encoded },
  path: string,
  how: DecodeWith,
): unknown {
  switch (mark) {
    case 'number':
      return Number(v);
    case 'bigint':
      return BigInt(wordOf(v));
    case 'call':
      return how.call(path);
    case 'each':
      return how.each(path);
    case 'named':
      return how.named(wordOf(v));
    case 'bytes':
      return Buffer.from(wordOf(v), 'base64');
    case 'content':
      return Buffer.from(how.content(wordOf(v)));
    case 'text':
      return how.text(Buffer.from(how.content(wordOf(v))).toString('utf8'));
    case 'json': {
      const inner: Encoded = JSON.parse(Buffer.from(how.content(wordOf(v))).toString('utf8'));
      return decode(inner, path, how);
    }
    case 'secret':
      return Array.from({ length: Number(v) }, () => MASK);
    case 'set':
      return new Set(listOf(v).map((each) => decode(each, path, how)));
    case 'map':
      return new Map(pairsOf(v).map(([key, each]) => [decode(key, path, how), decode(each, path, how)]));
    case 'object':
      return decodeObject(
        pairsOf(v).map(([key, each]) => [wordOf(key), each]),
        path,
        how,
      );
    case 'error':
      return decodeError(decodeTold(whole, path, how));
    default:
      return undefined;
  }
}

const listOf = (value: Encoded): readonly Encoded[] => (Array.isArray(value) ? value : []);

const pairsOf = (value: Encoded): readonly (readonly [Encoded, Encoded])[] =>
  listOf(value).map((pair) => [listOf(pair)[0] ?? null, listOf(pair)[1] ?? null]);

const wordOf = (value: Encoded | undefined): string => (typeof value === 'string' ? value : '');

/** What of a failure is text may be content, too. */
const decodeTold = (
  { $: _mark, ...told }: { readonly [key: string]: Encoded },
  path: string,
  how: DecodeWith,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(told).map(([key, each]) => [key, decode(each, path, how)]));

const isCode = (code: unknown): code is ErrorCode => ERROR_CODES.some((each) => each === code);

function decodeError({ name, message, ...told }: Readonly<Record<string, unknown>>): Error {
  const { code, fix, exit } = told;
  const said = typeof message === 'string' ? message : '';
  if (isCode(code) && typeof fix === 'string')
    return new OmkError(code, said, fix, typeof exit === 'number' ? { exit } : {});
  return Object.assign(new Error(said), told, { name: typeof name === 'string' ? name : '' });
}
