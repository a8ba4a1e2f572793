import type { Measurement } from '../gates/evidence.ts';
import type { BlobRef, RepoPath, TreeId } from '../ids.ts';

/** A command whose output is kept: what it does on the base it must do at the end. Text is given to `sh -c`. */
export interface Capture {
  /** Of the criterion that it belongs to. */
  readonly criterion: string;
  readonly run: string;
  /** The command at the end, where that is another. Absent: the same. */
  readonly becomes?: string;
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Files that are put into the checkout before it runs. */
  readonly input?: Readonly<Record<RepoPath, string>>;
  /** Files that it writes and that are compared. */
  readonly outputs?: readonly RepoPath[];
  /** Patterns of text that differs from run to run, and is left out of the comparison. */
  readonly mask?: readonly string[];
  /** Standard error is not compared. */
  readonly stderr?: false;
  /** Files that are not there when it runs at the end: what it must do without. Absent: none. */
  readonly without?: readonly RepoPath[];
  /** The agent is not told of it. Absent: it is. */
  readonly heldBack?: true;
  /** It shows nothing but whether the language of a port runs here: it must end with 0 on the base. Absent: it is compared. */
  readonly trial?: true;
  /** omk found it in the base, and leaves it out where nothing could be compared with it. Absent: a person or a plan named it. */
  readonly found?: true;
}

/** A command whose time is measured from outside. */
export interface Timing {
  readonly criterion: string;
  /** With `{n}` in the place of how much it does. */
  readonly run: string;
  readonly n: number;
  /** How fast it must be at the end, in percent of the base. */
  readonly percent: number;
  /** What decides how it measures, and may not change: files and folders. */
  readonly frozen: readonly RepoPath[];
}

/** One thing that a command left behind, with what is masked left out. */
export interface Part {
  /** `exit`, `stdout`, `stderr`, or the path of a file. */
  readonly name: string;
  readonly blob: BlobRef;
  /** Its beginning, for people. */
  readonly head: string;
}

/** What one execution of a command showed. */
export interface Observed {
  readonly of: 'capture' | 'timing';
  /** Its place among the captures or timings of the goal. */
  readonly place: number;
  readonly tree: TreeId;
  readonly round: number;
  /** How much it was told to do; of timings. */
  readonly n?: number;
  /** Of timings: the candidate that it is compared with. Absent: the base alone. */
  readonly against?: TreeId;
  /** From its start to its end; of timings. */
  readonly wallMs?: number;
  readonly parts: readonly Part[];
  /** Files among the parts that it wrote and that nobody named. Absent: nobody looked, and only what is named is compared. */
  readonly wrote?: readonly RepoPath[];
  readonly run: Measurement;
}

/** One execution that is wanted. */
export type CommandRun = Pick<Observed, 'of' | 'place' | 'tree' | 'round' | 'n' | 'against'>;

/** The command of a capture in a tree: on the base as it is there. */
export const commandIn = ({ run, becomes }: Capture, isBase: boolean): string => (isBase ? run : (becomes ?? run));

export const nameOf = ({ run, becomes }: Capture): string =>
  becomes === undefined ? `\`${run}\`` : `\`${run}\` (at the end \`${becomes}\`)`;

/** `<command>`, or `<command> => <command at the end>`; null where one is missing. */
export function parseCapture(text: string): Pick<Capture, 'run' | 'becomes'> | null {
  const [run = '', becomes, ...more] = text.split(' => ').map((each) => each.trim());
  if (run === '' || becomes === '' || more.length > 0) return null;
  return becomes === undefined ? { run } : { run, becomes };
}

/** The beginning of an output, as the log keeps it. */
export const headOf = (content: Uint8Array): string => new TextDecoder().decode(content).slice(0, HEAD);

const HEAD = 400;

/** Text without what is masked, line by line. A pattern that is none masks nothing. */
export function masked(text: string, mask: readonly string[] = []): string {
  const patterns = mask.flatMap((source) => patternOf(source) ?? []);
  if (patterns.length === 0) return text;
  return text
    .split('\n')
    .map((line) => patterns.reduce((left, pattern) => left.replace(pattern, '[masked]'), line))
    .join('\n');
}

export function patternOf(source: string): RegExp | null {
  try {
    return new RegExp(source, 'gu');
  } catch {
    return null;
  }
}
