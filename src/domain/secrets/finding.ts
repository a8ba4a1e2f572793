import type { RepoPath } from '../ids.ts';

/** Something in a candidate that looks like a secret and was not in the base. Never holds the value. */
export interface SecretFinding {
  readonly path: RepoPath;
  /** Counted from 1. */
  readonly line: number;
  readonly kind: string;
}

const NAMED = 10;

/** The findings for a sentence. */
export const nameFindings = (findings: readonly SecretFinding[]): string => {
  const named = findings.slice(0, NAMED).map(({ path, line, kind }) => `${path}:${line} (${kind})`);
  return `${named.join(', ')}${findings.length > NAMED ? ` and ${findings.length - NAMED} more` : ''}`;
};
