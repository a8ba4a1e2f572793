import { readFile } from 'node:fs/promises';
import type { Live } from '../compose.ts';
import { stateDir } from '../paths.ts';
import { OmkError } from '../../domain/error.ts';
import { localPublicKey } from '../../proof/key/open.ts';
import type { BundleReader } from '../../proof/verify/limits.ts';
import { parseTrustedKeys, type TrustedKey } from '../../proof/verify/trust.ts';
import { environment } from '../here.ts';

/** Keys that a bundle's own folder names: nobody vouches for them. */
export const UNNAMED = 'the bundle names it, you did not';

/** `bundle`: its own key is taken, too, for what does not rest on who signed. */
export async function trustedKeys(
  world: Live,
  file: string | null,
  bundle: BundleReader | null,
): Promise<readonly TrustedKey[]> {
  if (file !== null) return keysOf(file);
  const own = await localPublicKey({ stateDir: stateDir(environment()), configuredKey: world.config.signing.key });
  const mine = own ? [{ ...own, name: 'this omk', validAfter: null, validBefore: null }] : [];
  const theirs = bundle === null ? [] : keysIn(bundle);
  if (mine.length + theirs.length > 0) return [...mine, ...theirs];
  throw new OmkError(
    'VERIFY_NO_KEY',
    'No trusted key: this installation has not created a signing key yet',
    'omk verify <bundle> --key <public key file>',
  );
}

/** The keys of a file that the user names. */
export async function keysOf(file: string): Promise<readonly TrustedKey[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new OmkError('KEY_UNREADABLE', `The key file '${file}' cannot be read`, 'check the path', { cause });
  });
  return parseTrustedKeys(text, file);
}

function keysIn(bundle: BundleReader): readonly TrustedKey[] {
  const key = bundle.names.includes('keys/omk.pub') ? bundle.read('keys/omk.pub') : null;
  if (key === null) return [];
  return parseTrustedKeys(new TextDecoder().decode(key), UNNAMED).map((each) => ({ ...each, name: UNNAMED }));
}
