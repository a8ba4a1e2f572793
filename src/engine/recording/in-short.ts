import type { Encoded } from '../../replay/cassette/encode.ts';

/** What the log and the blobs hold already is not written again: only which of it was seen. Null: written as it is. */
export function inShort(path: string, result: unknown): Encoded | null {
  switch (path) {
    case 'store.append':
      return field(result, 'kind');
    case 'store.read':
      return Array.isArray(result) ? result.length : null;
    case 'store.foresee':
      return result !== null;
    case 'store.putBlob':
      return true;
    case 'store.getBlob':
      return result !== null;
    case 'proofs.build':
      return true;
    default:
      return null;
  }
}

function field(value: unknown, name: string): Encoded {
  const member: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : null;
  return typeof member === 'string' ? member : null;
}
