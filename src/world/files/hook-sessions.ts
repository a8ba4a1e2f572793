import { createHash } from 'node:crypto';
import { stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { NEW_SESSION, type HookSession } from '../../domain/hooks/decide.ts';
import { keepPrivate, listPrivate, readPrivate } from './private.ts';

const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/** What omk remembers of sessions of other agents, a private file for each. */
export function openHookSessions(stateDir: string) {
  const folder = join(stateDir, 'hooks');
  const fileOf = (name: string): string => join(folder, `${createHash('sha256').update(name).digest('hex')}.json`);
  return {
    /** A file that cannot be understood is a session that begins. */
    read: async (name: string): Promise<HookSession> => {
      const text = await readPrivate(fileOf(name));
      return text === null ? NEW_SESSION : understood(text);
    },
    keep: (name: string, session: HookSession): Promise<void> => keepPrivate(fileOf(name), JSON.stringify(session)),
    /** Removes what is older than a month. */
    forget: async (now: number): Promise<void> => {
      for (const name of await listPrivate(folder)) {
        const file = join(folder, name);
        const found = await stat(file).catch(() => null);
        if (found && now - found.mtimeMs > KEPT_MS) await unlink(file).catch(() => undefined);
      }
    },
  };
}

function understood(text: string): HookSession {
  try {
    const value: Partial<Record<keyof HookSession, unknown>> = JSON.parse(text);
    return {
      root: word(value.root),
      base: word(value.base),
      rounds: typeof value.rounds === 'number' && value.rounds >= 0 ? value.rounds : 0,
      ready: word(value.ready),
      letGo: word(value.letGo),
      given: words(value.given),
      failures: words(value.failures),
    };
  } catch {
    return NEW_SESSION;
  }
}

const word = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const words = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
