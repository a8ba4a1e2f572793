import { encodeEnvelope } from '../format/envelope.ts';
import type { Signer } from '../key/open.ts';
import { cassetteStatement, type SignedCassette } from '../statement/cassette.ts';
import { signStatement } from './sign.ts';

/** The signed statement about a cassette: made when it leaves the machine, for it goes on where a proof is made already. */
export const signCassette = (cassette: SignedCassette, signer: Signer): Uint8Array =>
  encodeEnvelope(signStatement(cassetteStatement(cassette), signer));
