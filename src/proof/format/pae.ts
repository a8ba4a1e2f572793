import { concat, utf8 } from './bytes.ts';

/** DSSE pre-authentication encoding: the bytes that are signed. Lengths are in bytes. */
export const pae = (payloadType: string, payload: Uint8Array): Uint8Array =>
  concat(utf8(`DSSEv1 ${utf8(payloadType).length} ${payloadType} ${payload.length} `), payload);
