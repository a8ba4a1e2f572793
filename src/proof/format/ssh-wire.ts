import { concat, utf8 } from './bytes.ts';

/** An SSH `string`: four bytes of length, then the bytes. */
export function sshString(value: Uint8Array | string): Uint8Array {
  const bytes = typeof value === 'string' ? utf8(value) : value;
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return concat(length, bytes);
}

export interface SshReader {
  /** The next `string`; throws `RangeError` at the end of the bytes. */
  string(): Uint8Array;
  uint32(): number;
  rest(): Uint8Array;
}

export function sshReader(bytes: Uint8Array): SshReader {
  let left = Buffer.from(bytes);
  const uint32 = (): number => {
    const value = left.readUInt32BE(0);
    left = left.subarray(4);
    return value;
  };
  return {
    uint32,
    string() {
      const length = uint32();
      if (length > left.length) throw new RangeError('an SSH string is longer than what is left');
      const value = left.subarray(0, length);
      left = left.subarray(length);
      return value;
    },
    rest: () => left,
  };
}
