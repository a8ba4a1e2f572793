import { utf8 } from '../format/bytes.ts';
import { noteVerifierKey } from '../format/checkpoint.ts';
import { SSHSIG_NAMESPACE } from '../format/ssh-sig.ts';
import type { Signer } from '../key/open.ts';

const NOTE = '# For convenience only: a bundle cannot vouch for its own key. Get the key from its owner.\n';

/** Public halves in the forms other tools read. `allowed_signers` names the principal `omk`. */
export const keyFiles = ({ publicKey }: Signer, origin: string): readonly (readonly [string, Uint8Array])[] => [
  ['keys/omk.pub', utf8(`${publicKey.ssh}\n`)],
  ['keys/omk.pub.pem', utf8(publicKey.pem)],
  ['keys/allowed_signers', utf8(`${NOTE}omk namespaces="${SSHSIG_NAMESPACE}" ${publicKey.ssh}\n`)],
  ['keys/log.vkey', utf8(`${noteVerifierKey(origin, publicKey)}\n`)],
];
