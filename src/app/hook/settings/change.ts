import { mkdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { OmkError } from '../../../domain/error.ts';
import type { MadeFiles } from './made.ts';
import { isOurs, type Place } from './places.ts';

export interface SettingsChange {
  readonly before: string | null;
  /** Null: the file goes. */
  readonly after: string | null;
}

/** What of omk's hooks is in a file: their commands. `OmkError` `HOOK_SETTINGS_INVALID`. */
export async function hooksIn(place: Place): Promise<readonly string[]> {
  const text = await textOf(place.file);
  const found = place.settings.read(text ?? '');
  if (found === null) throw invalid(place, text ?? '');
  return found.map(({ command }) => command).filter(isOurs(place.agent));
}

/** The file with omk's hooks in it: those that are there stay as they are. `OmkError` `HOOK_SETTINGS_INVALID`. */
export async function withHooks(place: Place, program: string): Promise<SettingsChange> {
  const before = await textOf(place.file);
  const there = place.settings.read(before ?? '')?.filter(({ command }) => isOurs(place.agent)(command));
  let after: string | null = there === undefined ? null : (before ?? '');
  for (const entry of place.entries(program))
    if (after !== null && !there?.some(({ event }) => event === entry.event)) after = place.settings.add(after, entry);
  // What was written must read back as what was there, and omk's hooks.
  const now = after === null ? null : place.settings.read(after);
  const events = now?.filter(({ command }) => isOurs(place.agent)(command)).map(({ event }) => event) ?? [];
  if (after === null || !place.entries(program).every(({ event }) => events.includes(event)))
    throw invalid(place, before ?? '');
  return { before, after };
}

/** The file without omk's hooks; one that omk made, and that holds nothing else, goes. `OmkError` `HOOK_SETTINGS_INVALID`. */
export async function withoutHooks(place: Place, made: MadeFiles): Promise<SettingsChange> {
  const before = await textOf(place.file);
  const after = place.settings.remove(before ?? '', isOurs(place.agent));
  if (after === null) throw invalid(place, before ?? '');
  const isEmptied = after !== before && /^\s*(?:\{\s*\})?\s*$/u.test(after);
  return { before, after: isEmptied && (await made.has(place.file)) ? null : after };
}

/** Whole or not at all, through links, with the mode of what was there. */
export async function writeSettings(
  { file }: Place,
  { before, after }: SettingsChange,
  made: MadeFiles,
): Promise<void> {
  if (before === null) {
    const folder = await mkdir(dirname(file), { recursive: true });
    await writeFile(file, after ?? '', { flag: 'wx', mode: 0o600 });
    await made.add(file, folder ?? null);
    return;
  }
  const real = await realpath(file);
  if ((await readFile(real, 'utf8')) !== before)
    throw new OmkError('HOOK_SETTINGS_CHANGED', `${file} was changed meanwhile`, 'run the same command again');
  if (after === null) {
    await rm(real);
    await made.remove(file);
    return;
  }
  const { mode } = await stat(real);
  await writeFile(`${real}.omk`, after, { flag: 'wx', mode: mode & 0o777 });
  await rename(`${real}.omk`, real);
}

const textOf = (file: string): Promise<string | null> =>
  readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  });

const invalid = ({ file, agent, settings }: Place, text: string): OmkError =>
  new OmkError(
    'HOOK_SETTINGS_INVALID',
    `omk cannot edit the hooks in ${file}: ${settings.fault(text)}; nothing was written`,
    `correct it there, or add the hook of ${agent} by hand: docs/hooks.md`,
  );
