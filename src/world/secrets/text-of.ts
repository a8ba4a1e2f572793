/** Any bytes as text: UTF-8, UTF-16 with its mark, else a character a byte without the zeros between those of UTF-16. */
export function textOf(content: Uint8Array): string {
  const [first, second] = content;
  const bigEndian = first === 0xfe && second === 0xff ? 'utf-16be' : null;
  const wide = first === 0xff && second === 0xfe ? 'utf-16le' : bigEndian;
  if (wide !== null) return new TextDecoder(wide).decode(content);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    if (!text.includes('\0')) return text;
  } catch {
    // Not UTF-8: as bytes, below.
  }
  return Buffer.from(content).toString('latin1').replaceAll('\0', '');
}
