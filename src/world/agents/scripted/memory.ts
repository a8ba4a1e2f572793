import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How many turns a session has had, kept in the temporary directory so that a new process goes on at the right one. */
export interface Memory {
  /** Null when there is no such session. */
  turns(session: string): number | null;
  remember(session: string, turns: number): void;
}

const fileOf = (session: string): string => join(tmpdir(), `omk-scripted-${session}.json`);

export const memory: Memory = {
  turns: (session) => {
    if (!/^[\w-]+$/u.test(session)) return null;
    try {
      const value: unknown = JSON.parse(readFileSync(fileOf(session), 'utf8'));
      return typeof value === 'object' && value !== null && 'turns' in value && typeof value.turns === 'number'
        ? value.turns
        : null;
    } catch {
      return null;
    }
  },
  remember: (session, turns) => {
    const file = fileOf(session);
    writeFileSync(`${file}.new`, JSON.stringify({ turns }));
    renameSync(`${file}.new`, file);
  },
};
