/** Names in these helpers have one character per byte, so that any name can be written. */
export function fromBytes(path: string): Buffer {
  return Buffer.from(path, 'latin1');
}

export function utf8(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
