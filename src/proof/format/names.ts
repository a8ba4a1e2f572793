import type { Measurement } from '../../domain/gates/evidence.ts';
import type { RepoPath, Sha256 } from '../../domain/ids.ts';

/** Names of files in a bundle. All are plain: letters, digits, `._-`, and one folder at most. */
export const TERMINAL = 'terminal';
export const TURNS = 'turns';
export const BUDGET = 'budget';
export const EVENTS = 'events.jsonl';
export const CHECKPOINT = 'checkpoint';
export const CHECKPOINT_SSHSIG = 'checkpoint.sshsig';
export const PATCH = 'change.patch';
export const ATTESTATIONS = 'proof.intoto.jsonl';
export const INDEX = 'proof.json';
/** Folder of what a replay needs. Nothing else that is signed rests on it, and V0 and V1 do not look into it. */
export const CASSETTE = 'cassette';
/** In that folder: the signed statement about it. */
export const CASSETTE_STATEMENT = 'cassette.dsse.json';
/** Beside it, of a goal of several tasks: what git needs to make the trees of its tasks from the base. */
export const OBJECTS = 'objects.pack';
/** Names that people and other tools may use; nothing omk verifies rests on their content. */
export const CONVENIENCE: readonly string[] = [
  INDEX,
  'keys/omk.pub',
  'keys/omk.pub.pem',
  'keys/allowed_signers',
  'keys/log.vkey',
];

export const gateName = (gate: string): string => `gate-${gate}`;
export const dsseFile = (name: string): string => `${name}.dsse.json`;
export const sigstoreFile = (name: string): string => `${name}.sigstore.json`;

export const isPlainName = (name: string): boolean =>
  name.length <= 255 &&
  name.split('/').length <= 2 &&
  name.split('/').every((part) => /^(?!\.{1,2}$)[A-Za-z0-9._-]+$/.test(part));

/** A large part of an event, which the log names by its digest. */
export const partFile = (sha256: Sha256): string => `events/${sha256}.json`;

/** A revealed held-out check, or a file of a wrong solution. */
export const heldOutFile = (sha256: Sha256): string => `held-out/${sha256}`;

/** What a compared command left. */
export const commandFile = (sha256: Sha256): string => `commands/${sha256}`;

/** A lock file that omk made for a base without one. */
export const lockFile = (path: RepoPath): string => `dependencies/${path.replace(/[^A-Za-z0-9._-]/g, '_')}`;

/** The files of a gate's runs, each with the digest the log gives it. A second run for the same purpose and round gets a suffix. */
export function runFiles(runs: readonly Measurement[]): readonly (readonly [name: string, sha256: Sha256])[] {
  const used = new Map<string, number>();
  return runs.flatMap(({ gate, purpose, round, stdout, stderr, report }) => {
    const plain = `gates/${gate}.${purpose}.${round}`;
    const count = (used.get(plain) ?? 0) + 1;
    used.set(plain, count);
    const stem = count === 1 ? plain : `${plain}-${count}`;
    return [
      [`${stem}.stdout`, stdout.sha256] as const,
      [`${stem}.stderr`, stderr.sha256] as const,
      ...(report.kind === 'tests' ? [[`${stem}.report`, report.blob.sha256] as const] : []),
    ];
  });
}
