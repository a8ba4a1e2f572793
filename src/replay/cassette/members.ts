import { isObject } from '../../domain/record.ts';

/** Names of what an object offers: its own members, and the methods of its class. */
export function membersOf(value: object): readonly string[] {
  if (Object.getPrototypeOf(value) === Object.prototype) return Object.keys(value);
  const names = new Set(Object.keys(value));
  for (let at: unknown = Object.getPrototypeOf(value); isObject(at) && at !== Object.prototype; at = above(at))
    for (const name of Object.getOwnPropertyNames(at)) if (name !== 'constructor') names.add(name);
  return [...names];
}

const above = (value: object): unknown => Object.getPrototypeOf(value);

export const memberOf = (value: object, name: string): unknown => Reflect.get(value, name, value);

export const isAsyncIterable = (value: object): boolean => Symbol.asyncIterator in value;

/** One step of something that is iterated over. */
export const isStep = (value: unknown): value is IteratorResult<unknown> => isObject(value) && 'done' in value;

/** Whether something in it can be called, so that it cannot be written down whole. */
export function canBeCalled(value: unknown): boolean {
  if (typeof value === 'function') return true;
  if (!isObject(value) || isWhole(value)) return false;
  if (Array.isArray(value)) return value.some(canBeCalled);
  return isAsyncIterable(value) || membersOf(value).some((name) => canBeCalled(memberOf(value, name)));
}

/** What is written down as one value, whatever its class offers. */
const isWhole = (value: object): boolean =>
  value instanceof Uint8Array ||
  value instanceof Map ||
  value instanceof Set ||
  value instanceof Error ||
  value instanceof AbortSignal;
