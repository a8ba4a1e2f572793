import { canonical } from '../../domain/canonical.ts';
import { utf8 } from './bytes.ts';
import { envelopeJson, type Envelope } from './envelope.ts';

/** The envelope in a sigstore bundle v0.3, signed by a key and in no transparency log. */
export const encodeSigstore = (envelope: Envelope): Uint8Array =>
  utf8(
    `${canonical({
      mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
      verificationMaterial: {
        publicKey: { hint: envelope.keyid },
        tlogEntries: [],
        timestampVerificationData: { rfc3161Timestamps: [] },
      },
      dsseEnvelope: envelopeJson(envelope),
    })}\n`,
  );
