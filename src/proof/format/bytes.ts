import { createHash } from 'node:crypto';

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Strict UTF-8 to text; null for bytes that are not UTF-8. A byte order mark stays visible. */
export function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

export const sha256 = (bytes: Uint8Array | string): Uint8Array => createHash('sha256').update(bytes).digest();
export const sha256Hex = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

export const concat = (...parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts);
export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

export const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** Padded standard base64; null unless it is the one text that encodes these bytes, so that nobody can vary it unseen. */
export function fromBase64(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}
