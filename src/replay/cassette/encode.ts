import { isObject } from '../../domain/record.ts';
import { isAsyncIterable, memberOf, membersOf } from './members.ts';

/** A value as it is written in a cassette. An object with `$` is one of the marked kinds below. */
export type Encoded = null | boolean | number | string | readonly Encoded[] | { readonly [key: string]: Encoded };

export interface EncodeWith {
  readonly text: (text: string) => Encoded;
  readonly bytes: (bytes: Uint8Array) => Encoded;
  /** What something that was handed out before is called; null for a value. */
  readonly named: (value: object) => string | null;
}

/** Members whose values are secret: how many there are is all that is written. */
const SECRET: readonly string[] = ['secrets', 'known'];

/** A value of the program as it is written: what can be called becomes a mark, so that a replay can put itself there. */
export function encode(value: unknown, how: EncodeWith): Encoded {
  switch (typeof value) {
    case 'string':
      return how.text(value);
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : { $: 'number', v: String(value) };
    case 'bigint':
      return { $: 'bigint', v: value.toString() };
    case 'undefined':
      return { $: 'nothing' };
    case 'function':
      return { $: 'call' };
    default:
      return isObject(value) ? encodeObject(value, how) : null;
  }
}

function encodeObject(value: object, how: EncodeWith): Encoded {
  const name = how.named(value);
  if (name !== null) return { $: 'named', v: name };
  if (value instanceof Uint8Array) return how.bytes(value);
  if (value instanceof AbortSignal) return { $: 'signal' };
  if (value instanceof Error) return encodeError(value, how);
  if (value instanceof Set) return { $: 'set', v: [...value].map((each) => encode(each, how)) };
  if (value instanceof Map)
    return { $: 'map', v: [...value].map(([key, each]) => [encode(key, how), encode(each, how)]) };
  if (Array.isArray(value)) return value.map((each) => encode(each, how));
  if (isAsyncIterable(value)) return { $: 'each' };
  const members = membersOf(value).map((key): readonly [string, Encoded] => {
    const member = memberOf(value, key);
    return [
      key,
      SECRET.includes(key) && Array.isArray(member) ? { $: 'secret', v: member.length } : encode(member, how),
    ];
  });
  return members.some(([key]) => key === '$') ? { $: 'object', v: members } : Object.fromEntries(members);
}

const TOLD: readonly string[] = ['code', 'fix', 'exit', 'syscall', 'path'];

/** Without its stack, which no two programs share. */
export function encodeError(error: unknown, { text }: Pick<EncodeWith, 'text'>): Encoded {
  if (!(error instanceof Error)) return { $: 'error', name: 'Error', message: text(String(error)) };
  const told = TOLD.flatMap((key): readonly (readonly [string, Encoded])[] => {
    const member = memberOf(error, key);
    if (typeof member === 'string') return [[key, text(member)]];
    return typeof member === 'number' ? [[key, member]] : [];
  });
  return { $: 'error', name: error.name, message: text(error.message), ...Object.fromEntries(told) };
}
