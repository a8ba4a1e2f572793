import { sha256Hex } from '../../proof/format/bytes.ts';
import type { Encoded } from './encode.ts';
import { Unplayable } from './unplayable.ts';
import type { GoalId } from '../../domain/ids.ts';

/** The shape of what is written. */
export const CASSETTE_VERSION = 3;

/** What can be read: before 3 only the state directory and the repository were words, and those only in short texts. */
const READ: readonly number[] = [2, CASSETTE_VERSION];

/** How an execution began: one process that worked on the goal. */
interface Opening {
  readonly t: 'open';
  readonly v: number;
  readonly goal: GoalId;
  /** Events that the log had. */
  readonly from: number;
  readonly omk: string;
  readonly node: string;
  readonly machine: string;
  /** Absolute paths of the first event, which the log does not name. */
  readonly places: Encoded;
  /** Words that stand for paths, beside those of the state directory and the repository. Absent: none. */
  readonly words?: readonly string[];
  /** The doors, with marks for what can be called. */
  readonly doors: Encoded;
}

/** What came from outside, in the order in which it was handed over. `k` is the key of a call, `n` its number among those of one key. */
export type Entry =
  | Opening
  /** An answer that was there at once. */
  | { readonly t: 'now'; readonly k: string; readonly r: Encoded }
  | { readonly t: 'done'; readonly k: string; readonly n: number; readonly r: Encoded }
  | { readonly t: 'failed'; readonly k: string; readonly n: number; readonly r: Encoded }
  /** A door called back: `i` is which function it was given. */
  | { readonly t: 'back'; readonly k: string; readonly n: number; readonly i: string; readonly a: Encoded }
  | { readonly t: 'stop'; readonly why: string }
  /** Bytes of the repository name this path, and stay as they are: what is read of them has it too. */
  | { readonly t: 'place'; readonly word: string; readonly path: string }
  | { readonly t: 'lost'; readonly stream: string; readonly code: string }
  /** Nothing is written from here on. */
  | { readonly t: 'cut'; readonly why: string }
  | { readonly t: 'end' };

const HASH = 16;

/** The first link of the chain of one execution. */
export const firstLink = (goal: GoalId, run: number): string => sha256Hex(`cassette ${goal} ${run}`).slice(0, HASH);

/** A line names everything before it, so that none can be changed, left out or put in. */
export function sealEntry(before: string, entry: Entry): { readonly line: string; readonly link: string } {
  const json = JSON.stringify(entry);
  const link = sha256Hex(before + json).slice(0, HASH);
  return { line: `${link} ${json}\n`, link };
}

export interface Tape {
  readonly opening: Opening;
  readonly entries: readonly Entry[];
}

/** The entries of one execution. What a process that was killed wrote half is no entry; null where there is none. Throws `Unplayable`. */
export function readTape(text: string, goal: GoalId, run: number): Tape | null {
  const lines = text.split('\n');
  // Empty after a whole line, else half of one.
  const half = lines.pop();
  let link = firstLink(goal, run);
  const entries = lines.map((line, at) => {
    const json = line.slice(HASH + 1);
    const next = sha256Hex(link + json).slice(0, HASH);
    if (line !== `${next} ${json}`) throw corrupt(run, `line ${at + 1} is not what was written`);
    link = next;
    const entry = readEntry(json);
    if (entry === null) throw corrupt(run, `line ${at + 1} is no entry`);
    return entry;
  });
  // A process that wrote its end writes nothing more.
  if (half !== '' && entries.at(-1)?.t === 'end')
    throw corrupt(run, `line ${entries.length + 1} is not what was written`);
  const [opening] = entries;
  if (opening === undefined) return null;
  if (opening.t === 'cut') throw new Unplayable('not_replayable', cutOff(opening.why));
  if (opening.t !== 'open') throw corrupt(run, 'it has no beginning');
  if (!READ.includes(opening.v))
    throw new Unplayable(
      'not_comparable',
      `omk ${opening.omk} wrote the cassette in format ${opening.v}, and this omk reads format ${CASSETTE_VERSION}`,
    );
  return { opening, entries: entries.slice(1) };
}

/** Null for what no omk writes, whoever sealed it. */
function readEntry(json: string): Entry | null {
  try {
    const entry: Entry | null = JSON.parse(json);
    return typeof entry?.t === 'string' ? entry : null;
  } catch {
    return null;
  }
}

/** Why the text of an execution was cut off, which is said in its last line; null where it was not. */
export function cutIn(text: string): string | null {
  const entry = readEntry((text.trimEnd().split('\n').at(-1) ?? '').slice(HASH + 1));
  return entry?.t === 'cut' ? entry.why : null;
}

export const cutOff = (why: string): string => `the recording was cut off: ${why}`;

const corrupt = (run: number, what: string): Unplayable =>
  new Unplayable('cassette_corrupt', `execution ${run}: ${what}`);
