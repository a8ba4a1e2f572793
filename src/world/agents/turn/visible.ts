import { realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { OmkError } from '../../../domain/error.ts';
import type { Bind } from '../../sandbox/port.ts';
import { interpretersOf, prefixesOf } from './interpreter.ts';

/** The sandbox always shows these. */
const SYSTEM = /^\/(?:usr|bin|sbin|lib|lib32|lib64|etc|proc|dev)(?:\/|$)/u;

export const isOfSystem = (path: string): boolean => SYSTEM.test(path);

/** Folders that hold what belongs to others. */
const SHARED: readonly string[] = ['/', '/tmp', '/var/tmp', '/home', '/run'];

/**
 * Read-only binds that make a program, and what was installed with it, visible where HOME, the hidden directories
 * and the temporary directories are empty. `file` is absolute; it and what it links to are shown.
 */
export function showProgram(file: string, mustStayHidden: readonly string[]): Bind[] {
  const real = realOf(file);
  if (real === null) return [];
  const folders = [...new Set([real, file])].map((path) => smallest(path, mustStayHidden));
  return [...new Set(folders)].filter((path) => !SYSTEM.test(path)).map((from) => ({ from, writable: false }));
}

/** Read-only binds for what runs a program, found through the first lines of scripts; nothing that would show what must stay hidden. */
export function showInterpreters(file: string, path: string, mustStayHidden: readonly string[]): Bind[] {
  const programs = interpretersOf(file, path);
  const folders = [file, ...programs]
    .flatMap(prefixesOf)
    .filter((folder) => kindOf(folder) === 'directory' && !SHARED.includes(folder) && !shows(folder, mustStayHidden));
  return [
    ...programs.flatMap((program) => showProgram(program, mustStayHidden)),
    ...folders.filter((folder) => !SYSTEM.test(folder)).map((from) => ({ from, writable: false })),
  ];
}

/** The package a file belongs to, or its folder, or only itself when those would show what must stay hidden. */
function smallest(file: string, mustStayHidden: readonly string[]): string {
  const candidates = [packageOf(file), dirname(file)];
  return (
    candidates.find((folder) => folder !== null && !SHARED.includes(folder) && !shows(folder, mustStayHidden)) ?? file
  );
}

/** The outermost `node_modules` a file lies in, else the folder of the nearest `package.json`. */
function packageOf(file: string): string | null {
  const at = file.indexOf('/node_modules/');
  if (at > 0) return file.slice(0, at + '/node_modules'.length);
  for (let folder = dirname(file); folder !== '/'; folder = dirname(folder)) {
    if (kindOf(join(folder, 'package.json')) === 'file') return folder;
  }
  return null;
}

/** Whether showing `folder` shows any of the others. */
const shows = (folder: string, others: readonly string[]): boolean =>
  others.some((other) => other === folder || other.startsWith(`${folder}/`));

/**
 * Throws `AGENT_PATH_EXPOSES` when a path the agent may use lies around or at what must stay hidden from it, or
 * inside omk's own state (trust rule T12). All real paths.
 */
export function refuseExposing(paths: readonly string[], mustStayHidden: readonly string[], stateDir: string): void {
  for (const path of paths) {
    const real = realOf(path) ?? path;
    const hidden = mustStayHidden.find((other) => shows(real, [other])) ?? (shows(stateDir, [real]) ? stateDir : null);
    if (hidden === null) continue;
    throw new OmkError(
      'AGENT_PATH_EXPOSES',
      `The agent would be given ${path}, which shows ${hidden}, and that must stay hidden from it.`,
      "Move the agent's own files elsewhere, or correct `paths` of the agent in your configuration.",
    );
  }
}

export const realOf = (path: string): string | null => {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
};

export const kindOf = (path: string): 'file' | 'directory' | null => {
  try {
    return statSync(path).isDirectory() ? 'directory' : 'file';
  } catch {
    return null;
  }
};
