import type { RepoPath } from '../../ids.ts';
import { withoutGrownImports } from '../imports.ts';

/** Whether all words and signs of `part` stand in `whole` in their order, whatever else is there. */
export function holds(whole: string, part: string): boolean {
  const wanted = tokens(part);
  let found = 0;
  for (const token of tokens(whole)) if (token === wanted[found]) found += 1;
  return found === wanted.length;
}

const tokens = (text: string): readonly string[] => text.match(/\w+|[^\w\s]/g) ?? [];

/** A line that may take what follows from the compiler. */
const DIRECTIVE = /^\s*#\s*(?:if|ifdef|ifndef|elif|else|endif|define|undef)\b/;

/**
 * Whether every line of the base is in the candidate in order, blank ones and imports of more aside, and nothing new
 * hides what is there.
 */
export function onlyGained(path: RepoPath, base: string, candidate: string): boolean {
  const { before, after } = withoutGrownImports(path, base, candidate);
  const wanted = before.filter(isText);
  let found = 0;
  for (const line of after.filter(isText)) {
    if (line === wanted[found]) found += 1;
    else if (DIRECTIVE.test(line)) return false;
  }
  return found === wanted.length;
}

const isText = (line: string): boolean => line.trim() !== '';
