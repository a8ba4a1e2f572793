import type { PathChange } from '../git/snapshot.ts';
import type { RepoPath } from '../ids.ts';
import type { Evidence } from './evidence.ts';
import type { Question } from './question.ts';

type Asked = Evidence['questions'][number];

/** One file as it was and as it became: the same in any tree. */
const keyOf = ({ path, oldMode, newMode, before, after }: PathChange): string =>
  JSON.stringify([path, oldMode, newMode, before, after]);

const keysOf = ({ files = [] }: Question): readonly string[] => files.map(keyOf).toSorted();

/** The changes of these paths, for an answer to be about; undefined where the log does not say what every file was and became. */
export function changesAsked(
  changes: readonly PathChange[],
  paths: readonly RepoPath[],
): readonly PathChange[] | undefined {
  const wanted = new Set(paths);
  const found = changes.filter(({ path }) => wanted.has(path));
  const isKnown = found.every(({ before, after }) => before !== undefined && after !== undefined);
  return found.length > 0 && found.length === wanted.size && isKnown ? found : undefined;
}

/**
 * The questions in which a person accepted what this one is about: each is about a part of these changes and no other, and together they
 * are all of them. Null: a person is asked. A part that was accepted with more besides is none, and neither is one that was refused since.
 */
export function acceptedBefore(questions: readonly Asked[], question: Question): readonly string[] | null {
  const wanted = new Set(keysOf(question));
  const latest = new Map<string, Asked>();
  for (const each of questions) {
    const keys = keysOf(each.question);
    if (each.question.code === question.code && keys.length > 0 && keys.every((key) => wanted.has(key)))
      latest.set(keys.join(), each);
  }
  const parts = [...latest.values()];
  const covered = new Set(parts.flatMap((each) => keysOf(each.question)));
  if (wanted.size === 0 || covered.size < wanted.size || parts.some(({ answer }) => answer?.kind !== 'accept'))
    return null;
  return [...new Set(parts.flatMap(givenIn))];
}

/** Where a person said so: an answer that was taken from another question leads to that one. */
const givenIn = ({ question, answer }: Asked): readonly string[] =>
  answer?.kind === 'accept' && answer.as !== undefined ? answer.as : [question.id];
