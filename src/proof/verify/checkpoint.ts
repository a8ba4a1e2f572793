import { verify } from 'node:crypto';
import { sameBytes, sha256Hex, textOf, utf8 } from '../format/bytes.ts';
import { checkpointBody, decodeCheckpoint, logOrigin, noteKeyId } from '../format/checkpoint.ts';
import { at } from '../format/json.ts';
import { CHECKPOINT, CHECKPOINT_SSHSIG } from '../format/names.ts';
import { decodeSshsig, sshsigSigned } from '../format/ssh-sig.ts';
import { toKeyObject, type PublicKey } from '../format/ssh-key.ts';
import { RUN_FIELD } from '../statement/terminal.ts';
import type { Files } from './limits.ts';
import type { VerifiedLog } from './log.ts';
import type { Recorder } from './report.ts';

/** The terminal statement, the log and the signed checkpoint speak of one log in one state. */
export function checkLogBinding(
  files: Files,
  terminal: unknown,
  log: VerifiedLog,
  key: PublicKey,
  to: Recorder,
): boolean {
  const said = at(terminal, 'predicate', RUN_FIELD, 'log');
  const whole = at(said, 'size') === log.events.length && at(said, 'root') === log.root;
  if (
    !to.check(
      'E_LOG_ROOT',
      whole,
      `the log has the signed size ${log.events.length} and root ${log.root.slice(0, 16)}…`,
    )
  )
    return false;

  const bytes = files.get(CHECKPOINT) ?? utf8('');
  const note = decodeCheckpoint(bytes);
  const intact =
    note !== null &&
    sameBytes(note.noteKeyId, noteKeyId(note.origin, key)) &&
    verify(null, utf8(checkpointBody(note)), toKeyObject(key), note.signature);
  if (!to.check('E_CHECKPOINT', intact, 'the checkpoint is a note signed by the same key') || !note) return false;
  if (
    !to.check(
      'E_CHECKPOINT',
      sshsigHolds(files.get(CHECKPOINT_SSHSIG), bytes, key),
      'its SSH signature is by the same key',
    )
  )
    return false;

  const created = log.events[0]?.type === 'goal.created' ? log.events[0].data : null;
  const bound =
    boundAs(terminal) === sha256Hex(bytes) &&
    Buffer.from(note.root).toString('hex') === log.root &&
    note.size === log.events.length &&
    note.origin === at(said, 'origin') &&
    created !== null &&
    note.origin === logOrigin(created.repository.id, created.goal);
  return to.check('E_CHECKPOINT_BINDING', bound, 'the checkpoint is the one of this log and this statement');
}

function sshsigHolds(bytes: Uint8Array | undefined, message: Uint8Array, key: PublicKey): boolean {
  const signature = decodeSshsig(textOf(bytes ?? utf8('')) ?? '');
  return (
    signature !== null &&
    sameBytes(signature.raw, key.raw) &&
    verify(null, sshsigSigned(message), toKeyObject(key), signature.signature)
  );
}

function boundAs(terminal: unknown): unknown {
  const subjects = at(terminal, 'subject');
  const subject: unknown = Array.isArray(subjects) ? subjects.find((each) => at(each, 'name') === CHECKPOINT) : null;
  return at(subject, 'digest', 'sha256');
}
