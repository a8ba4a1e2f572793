import type { RepoPath } from '../ids.ts';
import type { ChecksRules } from './language-rules.ts';
import { languageOf } from './languages.ts';

/** Larger ones are made, or whole libraries. */
const LARGEST = 200_000;
const EXPECTS_THROW =
  /throw|raise|reject|thrown|expected? ?(?:=|exception)|expectException|assertFails|\b(?:catch|except|rescue|intercept)\b|DEATH/i;
/** In most languages a file is named by that of a type or of the file. */
const namedWord = (stem: string): RegExp => new RegExp(`(?<![\\w-])${stem}(?![\\w-])`);

/** How others name a file that checks, by the stem of its name, and which of the tests do not say that it is their subject. */
export interface Checking {
  readonly named: RegExp;
  readonly isUsedBy: (test: string) => boolean;
}

/** How code that checks looks in the language of a file; null where nothing is known of it. */
export const checksOf = (path: RepoPath): ChecksRules | null => languageOf(path)?.checks ?? null;

/** Null for a file that does not check, or that nobody could name. */
export function checkingOf(path: RepoPath, text: string, stem: string): Checking | null {
  const checks = checksOf(path);
  if (!checks || stem === '' || text.length > LARGEST) return null;
  const named = (checks.named ?? namedWord)(stem);
  if (checks.uses(text)) return { named, isUsedBy: () => true };
  // What throws for a purpose has tests that expect it to.
  return checks.throwsOnly?.(text) === true ? { named, isUsedBy: (test) => !EXPECTS_THROW.test(test) } : null;
}

/** Whether code uses a library of tests, in the ways that helpers of tests do. */
export const usesTestLibrary = (path: RepoPath, text: string): boolean =>
  text.length <= LARGEST && checksOf(path)?.uses(text) === true;
