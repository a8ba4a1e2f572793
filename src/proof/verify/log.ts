import { isRecord } from '../../domain/record.ts';
import { canonical, isCanonical } from '../../domain/canonical.ts';
import { isEventType } from '../../domain/goal/event-type.ts';
import type { LoggedEvent } from '../../domain/goal/event.ts';
import { partContent, putTogether, type Part } from '../../domain/log/parts.ts';
import { isLogVersion, upcast, type RawEvent } from '../../domain/log/upcast.ts';
import { sha256Hex, textOf, utf8 } from '../format/bytes.ts';
import { parseJson } from '../format/json.ts';
import { merkleRoot } from '../format/merkle.ts';
import { partFile } from '../format/names.ts';
import { LIMITS, type Files } from './limits.ts';
import type { Recorder } from './report.ts';

export interface VerifiedLog {
  readonly events: readonly LoggedEvent[];
  /** The lines with their parts, as they were written: each rule set reads them in its own way. */
  readonly raw: readonly RawEvent[];
  /** Hex of the RFC 6962 root over the lines. */
  readonly root: string;
  /** Files of the bundle that hold parts of events. */
  readonly parts: readonly string[];
}

/** The lines as events, each canonical and chained to the one before; null when one is not. `files`: where large parts of events are. */
export function readLog(bytes: Uint8Array, files: Pick<Files, 'get'>, to: Recorder): VerifiedLog | null {
  const text = textOf(bytes);
  if (text === null) return fail(to, 'E_LOG_CANON', 'the log is not UTF-8');
  const isWhole = text.endsWith('\n');
  if (
    !to.check('E_LOG_TORN', isWhole, isWhole ? 'the log ends with a whole line' : 'the last line of the log is cut off')
  )
    return null;
  const lines = text.slice(0, -1).split('\n');
  const isFit = lines.length <= LIMITS.lines;
  const size = `the log has ${lines.length} lines`;
  if (!to.check('E_TOO_LARGE', isFit, isFit ? size : `${size}, more than the ${LIMITS.lines} that are read`))
    return null;
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

  const raw = values.filter(isEvent);
  const strange = values.findIndex((value) => !isEvent(value));
  if (
    !to.check(
      'E_LOG_EVENT',
      strange < 0,
      strange < 0 ? 'every line is an event of a known version' : `line ${strange} is no event of a known version`,
    )
  )
    return null;
  const whole = putInPlace(raw, files, to);
  return whole && { ...whole, root: Buffer.from(merkleRoot(lines.map(utf8))).toString('hex') };
}

/** Events with their parts, which the bundle has as files; null when one is missing or another. */
function putInPlace(
  raw: readonly RawEvent[],
  files: Pick<Files, 'get'>,
  to: Recorder,
): Pick<VerifiedLog, 'events' | 'raw' | 'parts'> | null {
  const parts = openParts(files);
  const whole: RawEvent[] = [];
  for (const each of raw) {
    const data = each.v === 1 ? each.data : putTogether(each.data, parts.read);
    if (!isRecord(data) || parts.wrong.length > 0) {
      to.check('E_LOG_PART', false, `line ${each.seq}: ${parts.wrong[0] ?? 'a part is not what it stands for'}`);
      return null;
    }
    whole.push({ ...each, data });
  }
  const names = [...parts.names];
  if (names.length > 0) to.check('E_LOG_PART', true, `${names.length} large parts of events are those of the log`);
  return { events: whole.map((each) => upcast(each, null)), raw: whole, parts: names };
}

/** Each file is read once, however often a log names it. */
function openParts(files: Pick<Files, 'get'>) {
  const known = new Map<string, unknown>();
  const names = new Set<string>();
  const wrong: string[] = [];
  const open = (part: Part): unknown => {
    const name = partFile(part.$blob);
    const file = files.get(name);
    const content = partContent(part, file ? textOf(file) : null, sha256Hex);
    names.add(name);
    if (content === null)
      wrong.push(file ? `${name} is not the part that it names` : `${name}, a part of it, is missing`);
    return content?.value ?? null;
  };
  const read = (part: Part | null): unknown => {
    if (part === null) return void wrong.push('what stands for a part names none');
    const key = canonical(part);
    if (!known.has(key)) known.set(key, open(part));
    return known.get(key);
  };
  return { read, names, wrong };
}

function fail(to: Recorder, code: 'E_LOG_CANON' | 'E_LOG_CHAIN', text: string): null {
  to.check(code, false, text);
  return null;
}

/** The envelope of an event. Its data is what the signing key vouches for; the fold reads it, nothing executes it. */
const isEvent = (value: unknown): value is RawEvent =>
  isRecord(value) &&
  Object.keys(value).sort().join() === 'data,prev,seq,ts,type,v' &&
  isLogVersion(value['v']) &&
  typeof value['type'] === 'string' &&
  isEventType(value['type']) &&
  typeof value['ts'] === 'string' &&
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value['ts']) &&
  isRecord(value['data']);
