import { canonical } from '../../domain/canonical.ts';
import { isEventType } from '../../domain/goal/event-type.ts';
import type { LoggedEvent } from '../../domain/goal/event.ts';
import { sha256Hex, textOf, utf8 } from '../format/bytes.ts';
import { isRecord, parseJson } from '../format/json.ts';
import { merkleRoot } from '../format/merkle.ts';
import { LIMITS } from './limits.ts';
import type { Recorder } from './report.ts';

export interface VerifiedLog {
  readonly events: readonly LoggedEvent[];
  /** Hex of the RFC 6962 root over the lines. */
  readonly root: string;
}

/** The lines as events, each canonical and chained to the one before; null when one is not. */
export function readLog(bytes: Uint8Array, to: Recorder): VerifiedLog | null {
  const text = textOf(bytes);
  if (text === null) return fail(to, 'E_LOG_CANON', 'the log is not UTF-8');
  if (!to.check('E_LOG_TORN', text.endsWith('\n'), 'the log ends with a whole line')) return null;
  const lines = text.slice(0, -1).split('\n');
  if (!to.check('E_TOO_LARGE', lines.length <= LIMITS.lines, `the log has ${lines.length} lines`)) return null;
  const values = lines.map(parseJson);
  const loose = lines.findIndex((line, index) => !isCanonical(line, values[index]));
  if (loose >= 0) return fail(to, 'E_LOG_CANON', `line ${loose} is not canonical JSON`);
  to.check('E_LOG_CANON', true, 'every line is canonical JSON');

  let prev = '0'.repeat(64);
  for (const [index, value] of values.entries()) {
    if (!isRecord(value) || value['prev'] !== prev || value['seq'] !== index)
      return fail(to, 'E_LOG_CHAIN', `line ${index} does not follow line ${index - 1}`);
    prev = sha256Hex(lines[index] ?? '');
  }
  to.check('E_LOG_CHAIN', true, `${lines.length} lines, each naming the one before`);

  const events = values.filter(isEvent);
  const strange = values.findIndex((value) => !isEvent(value));
  if (
    !to.check(
      'E_LOG_EVENT',
      strange < 0,
      strange < 0 ? 'every line is an event of version 1' : `line ${strange} is no event of version 1`,
    )
  )
    return null;
  return { events, root: Buffer.from(merkleRoot(lines.map(utf8))).toString('hex') };
}

function fail(to: Recorder, code: 'E_LOG_CANON' | 'E_LOG_CHAIN', text: string): null {
  to.check(code, false, text);
  return null;
}

function isCanonical(line: string, value: unknown): boolean {
  try {
    return canonical(value) === line;
  } catch {
    return false;
  }
}

/** The envelope of an event. Its data is what the signing key vouches for; the fold reads it, nothing executes it. */
const isEvent = (value: unknown): value is LoggedEvent =>
  isRecord(value) &&
  Object.keys(value).sort().join() === 'data,prev,seq,ts,type,v' &&
  value['v'] === 1 &&
  typeof value['type'] === 'string' &&
  isEventType(value['type']) &&
  typeof value['ts'] === 'string' &&
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value['ts']) &&
  isRecord(value['data']);
