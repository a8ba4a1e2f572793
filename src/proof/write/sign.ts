import type { LogLine } from '../../store/port.ts';
import { utf8 } from '../format/bytes.ts';
import { checkpointBody, encodeCheckpoint, logOrigin, noteKeyId } from '../format/checkpoint.ts';
import { PAYLOAD_TYPE, type Envelope } from '../format/envelope.ts';
import { merkleRoot } from '../format/merkle.ts';
import { pae } from '../format/pae.ts';
import { encodeSshsig, sshsigSigned } from '../format/ssh-sig.ts';
import type { Signer } from '../key/open.ts';
import type { Facts } from '../statement/facts.ts';
import { encodeStatement, type Statement } from '../statement/statement.ts';
import type { Bound } from '../statement/terminal.ts';

export function signStatement(statement: Statement, signer: Signer): Envelope {
  const payload = encodeStatement(statement);
  return { payload, keyid: signer.keyid, sig: signer.sign(pae(PAYLOAD_TYPE, payload)) };
}

export interface SignedLog {
  readonly checkpoint: Uint8Array;
  readonly sshsig: Uint8Array;
  readonly said: Bound['log'];
}

/** The log's size and root as a signed note, and an SSH signature of the same bytes for `ssh-keygen -Y verify`. */
export function signCheckpoint(facts: Facts, lines: readonly LogLine[], signer: Signer): SignedLog {
  const origin = logOrigin(facts.created.repository.id, facts.created.goal);
  const root = merkleRoot(lines.map((each) => utf8(each.line)));
  const body = { origin, size: lines.length, root };
  const signature = signer.sign(utf8(checkpointBody(body)));
  const checkpoint = utf8(encodeCheckpoint({ ...body, noteKeyId: noteKeyId(origin, signer.publicKey), signature }));
  return {
    checkpoint,
    sshsig: utf8(encodeSshsig(signer.publicKey.raw, signer.sign(sshsigSigned(checkpoint)))),
    said: { origin, size: lines.length, root: Buffer.from(root).toString('hex') },
  };
}
