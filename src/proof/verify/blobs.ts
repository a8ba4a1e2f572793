import { sha256Hex } from '../format/bytes.ts';
import {
  ATTESTATIONS,
  CHECKPOINT,
  CHECKPOINT_SSHSIG,
  CONVENIENCE,
  EVENTS,
  PATCH,
  dsseFile,
  heldOutFile,
  runFiles,
  sigstoreFile,
} from '../format/names.ts';
import { commandFiles } from '../statement/commands.ts';
import { revealedDigests } from '../statement/held-out.ts';
import { lockFiles } from '../statement/locks.ts';
import { checkHeads } from './commands.ts';
import type { Files } from './limits.ts';
import type { Judged } from './judged.ts';
import type { Recorder } from './report.ts';

/** Recorded output has the digests of the log, and no file is unaccounted for. Returns how many recorded files are left out. */
export function checkBlobs(
  facts: Judged,
  files: Files,
  { statements, parts }: { readonly statements: ReadonlyMap<string, unknown>; readonly parts: readonly string[] },
  to: Recorder,
): number {
  const recorded = [
    ...facts.rules.statedGates(facts).flatMap((gate) => runFiles(facts.rules.runsOf(facts, gate))),
    ...lockFiles(facts),
    ...commandFiles(facts),
    ...revealedDigests(facts).map((sha256) => [heldOutFile(sha256), sha256] as const),
  ];
  let redacted = 0;
  for (const [name, sha256] of recorded) {
    const content = files.get(name);
    if (!content) redacted += 1;
    else if (sha256Hex(content) !== sha256) to.check('E_BLOB', false, `${name} is not what was recorded`);
  }
  checkHeads(facts.state.observed, files, to);
  to.check('E_BLOB', true, `${recorded.length - redacted} of ${recorded.length} recorded files are here`);

  const known = new Set([
    ATTESTATIONS,
    CHECKPOINT,
    CHECKPOINT_SSHSIG,
    EVENTS,
    PATCH,
    ...CONVENIENCE,
    ...recorded.map(([name]) => name),
    ...parts,
    ...[...statements.keys()].flatMap((name) => [dsseFile(name), sigstoreFile(name)]),
  ]);
  const strange = [...files.keys()].filter((name) => !known.has(name));
  to.check(
    'E_BUNDLE',
    strange.length === 0,
    strange.length === 0 ? 'every file is accounted for' : `nothing accounts for ${strange.slice(0, 5).join(', ')}`,
  );
  return redacted;
}
