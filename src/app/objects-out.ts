import { writeFile } from 'node:fs/promises';
import { OmkError } from '../domain/error.ts';
import type { LoggedEvent } from '../domain/goal/event.ts';
import { fold } from '../domain/transition/evolve.ts';
import { openGit } from '../world/git/open.ts';
import { packObjects } from '../world/git/vault/pack.ts';
import { environment } from './here.ts';
import { stateDir } from './paths.ts';

/** Larger packs are not part of a bundle: whoever checks it fetches the branch of the result. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Events that name trees which base and patch do not make: of tasks, of candidates that were not the last, and those that gates ran on. */
const NAMING: ReadonlySet<LoggedEvent['type']> = new Set([
  'tasks.integrated',
  'candidate.examined',
  'tests.laid',
  'gate.measured',
]);

/** Writes the objects of a goal, as far as they are not in its base. */
export async function writeObjects(events: readonly LoggedEvent[], file: string): Promise<void> {
  const state = fold(events);
  if (!state.created) return;
  const { repository } = state.created;
  const named = events.filter(({ type }) => NAMING.has(type)).flatMap(({ data }) => namesIn(JSON.stringify(data)));
  const { dir } = await openGit({ stateDir: stateDir(environment()) }).openVault(repository);
  const call = { gitDir: dir, whose: 'omk' } as const;
  const pack = await packObjects(call, [...new Set(named)], repository.commit, MOST_BYTES).catch(unlessLarge);
  if (pack !== null) await writeFile(file, pack, { mode: 0o600 });
}

const namesIn = (text: string): readonly string[] => text.match(/\b(?:[0-9a-f]{64}|[0-9a-f]{40})\b/g) ?? [];

function unlessLarge(error: unknown): null {
  if (error instanceof OmkError && error.code === 'GIT_STOPPED') return null;
  throw error;
}
