import type { RepoPath } from '../ids.ts';
import type { Capture } from '../plan/command.ts';
import { RUNS, runsOf } from '../contract/languages.ts';
import type { EntryPoint } from '../project/project-rules.ts';
import { examplesOf } from './entry-points.ts';

/** A program that is to be written in another language, as the words of a goal say. */
export interface Port {
  readonly from: EntryPoint;
  readonly to: RepoPath;
  readonly language: string;
  /** How it is started when it is done. */
  readonly run: string;
  /** A program of that language that does nothing. */
  readonly nothing: string;
}

const WORDS = new RegExp(
  [
    String.raw`^\s*(?:please\s+)?(?:port|rewrite|reimplement|translate|convert|migrate)\s+`,
    String.raw`(?:the\s+)?(?:(?:script|program|tool|cli)\s+)?[\`'"]?([\w./-]+?)[\`'"]?(?:\s+from\s+[\w.+#]+)?\s+`,
    String.raw`(?:to|into|in)\s+(?:(?:modern|plain|idiomatic)\s+)?([A-Za-z][\w.+#]*?)[.,;:!]?(?:\s|$)`,
  ].join(''),
  'i',
);

/** Whether a goal begins as one that asks for a port does. */
export const mayBePort = (prompt: string): boolean => WORDS.test(prompt);

/** Only where a goal begins with it, names a program that is there, and a language that it is not in. Else `--class port` says so. */
export function portOf(prompt: string, entries: readonly EntryPoint[]): Port | null {
  const [, named, word = ''] = WORDS.exec(prompt) ?? [];
  const path = named?.replace(/^\.\//, '');
  const from = entries.find((each) => each.path === path);
  const language = RUNS.find(({ names }) => names.test(word));
  if (!from || !language || runsOf(from.path)?.language === language.language) return null;
  const to = from.path.replace(/(?:\.\w+)?$/, language.ends);
  return to === from.path
    ? null
    : { from, to, language: language.language, run: `${language.with} ${to}`, nothing: language.nothing };
}

const MOST = 8;
const MOST_EACH = 6;

/**
 * What programs are called with: as a README shows it, for help, and with nothing. Of a port standard error is left out, and the name of
 * its file, which help texts have.
 */
export function foundCaptures(
  entries: readonly EntryPoint[],
  texts: ReadonlyMap<RepoPath, string>,
  port: Port | null,
): readonly Capture[] {
  const all = (port ? [port.from] : entries).flatMap((entry) =>
    [...examplesOf(entry, texts).slice(0, MOST_EACH), '--help', ''].map((args): Capture => ({
      criterion: 'captures',
      run: `${entry.run} ${args}`.trim(),
      ...(port
        ? {
            becomes: `${port.run} ${args}`.trim(),
            stderr: false,
            without: [entry.path],
            mask: [nameIn(entry.path, port.to)],
          }
        : {}),
      found: true,
    })),
  );
  return [...all.slice(0, MOST), ...(port ? [trialOf(port)] : [])];
}

/** Whether programs of the language run where gates run. */
function trialOf({ run, to, nothing }: Port): Capture {
  const path = `omk-trial${to.slice(to.lastIndexOf('.'))}`;
  return { criterion: 'captures', run: run.replace(to, path), input: { [path]: nothing }, trial: true };
}

/** `cli.py` and `cli.ts` alike. */
function nameIn(...paths: readonly RepoPath[]): string {
  const names = paths.map((path) => path.split('/').at(-1) ?? path);
  return names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
}

/** Whether a goal asks for speed, in its words: then somebody should know that nothing is measured. */
export const asksForSpeed = (prompt: string): boolean =>
  /\b(?:faster|(?:twice|\d+(?:\.\d+)?\s*(?:x|times)) as fast|speed(?:s|ing)? up|more quickly|less time|latency|throughput)\b/i.test(
    prompt,
  );
