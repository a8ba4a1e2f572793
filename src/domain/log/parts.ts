import { canonical } from '../canonical.ts';
import type { Sha256 } from '../ids.ts';

/** What stands in an event for a part of it that is kept as a blob: the canonical text of that part. */
export interface Part {
  readonly $blob: Sha256;
  /** Bytes of the blob. */
  readonly size: number;
  /** Of a list: how many it has. */
  readonly count?: number;
}

export interface Parted {
  readonly data: unknown;
  /** The blobs that `data` names, by digest. */
  readonly blobs: ReadonlyMap<Sha256, string>;
}

/** Most bytes of a line of the log. */
export const LINE_BYTES = 16 * 1024;
/** What a line has besides the data of its event. */
const AROUND = 512;
/** Largest members first become blobs, then smaller ones, until the rest fits. */
const STEPS: readonly number[] = [4096, 512, 0];
/** How a member of that name begins in canonical text. Nothing else may be read as one. */
const MARK = '"$blob":';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** The data of an event with what is too large for a line taken out. What fits stays as it is. */
export function takeApart(data: object, hash: (text: string) => Sha256): Parted {
  const text = canonical(data);
  if ('$blob' in data) return whole(data, hash);
  if (isSmall(text, LINE_BYTES - AROUND) && !text.includes(MARK)) return { data, blobs: new Map() };
  for (const bound of STEPS) {
    const blobs = new Map<Sha256, string>();
    const rest = apart(data, bound, (part) => asPart(part, blobs, hash));
    if (isSmall(canonical(rest), LINE_BYTES - AROUND)) return { data: rest, blobs: namedIn(rest, blobs) };
  }
  return whole(data, hash);
}

function whole(data: object, hash: (text: string) => Sha256): Parted {
  const blobs = new Map<Sha256, string>();
  return { data: asPart(data, blobs, hash), blobs };
}

/** Without parts of what became a part itself. */
function namedIn(data: unknown, blobs: ReadonlyMap<Sha256, string>): ReadonlyMap<Sha256, string> {
  const named = partsOf(data);
  return new Map([...blobs].filter(([sha256]) => named.has(sha256)));
}

const isSmall = (text: string, most: number): boolean => text.length * 3 <= most || bytesOf(text) <= most;

function apart(value: object, bound: number, take: (part: unknown) => Part): Fields {
  const members = Object.entries(value).map(([key, member]): [string, unknown] => {
    if (member === undefined) return [key, member];
    if (isFields(member) && !('$blob' in member)) {
      const inner = apart(member, bound, take);
      return [key, isSmall(canonical(inner), Math.max(bound, 256)) ? inner : take(member)];
    }
    const text = canonical(member);
    return [key, isSmall(text, bound) && !text.includes(MARK) ? member : takeIfWorth(member, text, take)];
  });
  return Object.fromEntries(members);
}

/** A word, a number or a digest is smaller than what would stand for it. */
const takeIfWorth = (member: unknown, text: string, take: (part: unknown) => Part): unknown =>
  isSmall(text, 128) && !text.includes(MARK) ? member : take(member);

function asPart(value: unknown, blobs: Map<Sha256, string>, hash: (text: string) => Sha256): Part {
  const text = canonical(value);
  const sha256 = hash(text);
  blobs.set(sha256, text);
  return { $blob: sha256, size: bytesOf(text), ...(Array.isArray(value) ? { count: value.length } : {}) };
}

/** Whether the canonical text of a line may name parts. */
export const mayHaveParts = (line: string): boolean => line.includes(MARK);

/** The digests of the blobs that data names. */
export function partsOf(data: unknown): ReadonlySet<Sha256> {
  const found = new Set<Sha256>();
  putTogether(data, (part) => {
    if (part) found.add(part.$blob);
    return null;
  });
  return found;
}

/**
 * The data with its parts in their places. What a blob holds is never searched for parts. `read` is called with null for what looks
 * like a part and is none.
 */
export function putTogether(data: unknown, read: (part: Part | null) => unknown): unknown {
  if (Array.isArray(data)) return data.map((member: unknown) => putTogether(member, read));
  if (!isFields(data)) return data;
  if ('$blob' in data) return read(partIn(data));
  return Object.fromEntries(Object.entries(data).map(([key, member]) => [key, putTogether(member, read)]));
}

function partIn(value: Fields): Part | null {
  const { $blob, size, count } = value;
  const known = Object.keys(value).every((key) => key === '$blob' || key === 'size' || key === 'count');
  if (typeof $blob !== 'string' || !/^[0-9a-f]{64}$/.test($blob) || typeof size !== 'number' || !known) return null;
  return { $blob, size, ...(typeof count === 'number' ? { count } : {}) };
}

/** What a blob holds, if it is what the part names: its bytes, its size, its length. Null when it is not. */
export function partContent(
  part: Part,
  text: string | null,
  hash: (text: string) => Sha256,
): { readonly value: unknown } | null {
  if (text === null || hash(text) !== part.$blob || bytesOf(text) !== part.size) return null;
  try {
    const value: unknown = JSON.parse(text);
    if (part.count !== undefined && (!Array.isArray(value) || value.length !== part.count)) return null;
    return canonical(value) === text ? { value } : null;
  } catch {
    return null;
  }
}
