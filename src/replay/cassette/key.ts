import { isObject } from '../../domain/record.ts';
import type { Sha256 } from '../../domain/ids.ts';
import { sha256Hex } from '../../proof/format/bytes.ts';
import { encode, type EncodeWith } from './encode.ts';
import { withWords, type Place } from './places.ts';

/** Calls that are told apart by their order alone: what they are given is in the log, or follows from it. */
const BY_ORDER: readonly string[] = [
  'store.append',
  'store.foresee',
  'store.putBlob',
  'proofs.build',
  'proofs.refusal',
  'proofs.isThere',
];

export type KeyedWith = Pick<EncodeWith, 'named'> & { readonly places: readonly Place[] };

/** A call by what is asked of whom: the same question has the same key, whoever asks it and when (docs/adr/0056). */
export function keyOf(path: string, args: readonly unknown[], { places, named }: KeyedWith): string {
  if (args.length === 0 || BY_ORDER.includes(path)) return path;
  const how: EncodeWith = {
    named,
    text: (text) => withWords(text, places),
    bytes: (bytes) => ({ $: 'content', v: hashOf(bytes, places) }),
  };
  const encoded = args.map((arg) => encode(arg, how));
  return `${path}:${sha256Hex(JSON.stringify(encoded, inOrder)).slice(0, 16)}`;
}

/** Text that names a place is the same text on another machine. */
function hashOf(bytes: Uint8Array, places: readonly Place[]): Sha256 {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isPlain = !places.some(({ path, inTextOnly }) => inTextOnly !== true && content.includes(path));
  return sha256Hex(isPlain ? bytes : Buffer.from(withWords(content.toString('utf8'), places)));
}

/** Members by their names: an object that was read again has them in another order. */
const inOrder = (_key: string, value: unknown): unknown =>
  isObject(value) && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** A call without the hashes of what was asked: which method of which door it is. */
export const methodOf = (key: string): string => key.replace(/:[0-9a-f]{16}/g, '');

/** Functions that a door calls often and that decide nothing: they are not recorded. */
export function isRecorded(path: string, args: readonly unknown[]): boolean {
  if (path === 'gates.run') return false;
  if (path !== 'agents.runTurn') return true;
  const [activity] = args;
  return isObject(activity) && 'kind' in activity && KINDS.includes(activity.kind);
}

const KINDS: readonly unknown[] = ['session', 'usage'];
