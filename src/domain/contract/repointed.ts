import type { PathChange } from '../git/snapshot.ts';
import type { RepoPath } from '../ids.ts';
import { classify } from './classify.ts';
import { namesFile } from './names.ts';

const IMPORTS = new RegExp(
  String.raw`^\s*(?:import\b|from\b|export\b.*\bfrom\b|\}\s*from\b|require|use\b|#\s*include\b|` +
    String.raw`(?:const|let|var)\b.*=\s*(?:await\s+)?(?:require|import)\()`,
);
const TOKEN = /[\w./@#:~-]/;
const WORD = /^[\w./@#:~-]+$/;

/**
 * Whether a test file differs from that of the base in nothing but the names of modules in its imports, each of which was a file of the
 * product that is gone and is a new one now: the product was renamed, and the tests with it.
 */
export function isRepointed(
  path: RepoPath,
  base: string | null,
  candidate: string | null,
  changes: readonly PathChange[],
  isProduct: (path: RepoPath) => boolean = () => true,
): boolean {
  if (base === null || candidate === null || classify(path) !== 'test') return false;
  const [before, after] = [base.split('\n'), candidate.split('\n')];
  if (before.length !== after.length) return false;
  const gone = changes.filter(({ change }) => change === 'deleted').map((each) => each.path);
  const fresh = changes
    .filter(({ change, newMode }) => change === 'added' && /^100/.test(newMode))
    .map((each) => each.path);
  const pairs = before.flatMap((line, index) => (line === after[index] ? [] : [[line, after[index] ?? ''] as const]));
  const isOf = (line: string, paths: readonly RepoPath[]): readonly RepoPath[] =>
    paths.filter((each) => namesFile(path, line, each));
  return (
    pairs.length > 0 &&
    pairs.every(([old, now]) => {
      const [from, to] = differing(old, now);
      const [was, is] = [isOf(from, gone), isOf(to, fresh)];
      return (
        [old, now].every((line) => IMPORTS.test(line)) &&
        [was, is].every(
          (found) => found.length === 1 && found.every((each) => classify(each) === 'source' && isProduct(each)),
        )
      );
    })
  );
}

/** The lines, where they differ in one word; otherwise two that name nothing. */
function differing(old: string, now: string): readonly [string, string] {
  let start = 0;
  while (start < old.length && old[start] === now[start]) start += 1;
  while (start > 0 && TOKEN.test(old[start - 1] ?? '')) start -= 1;
  let end = 0;
  while (end < Math.min(old.length, now.length) - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  while (end > 0 && TOKEN.test(old.at(-end) ?? '')) end -= 1;
  const [from, to] = [old.slice(start, old.length - end), now.slice(start, now.length - end)];
  return WORD.test(from) && WORD.test(to) ? [old, now] : ['', ''];
}
