import { posix } from 'node:path';
import type { RepoPath } from '../../../domain/ids.ts';

/** One logical line of a requirements file. */
export type Line =
  | { readonly kind: 'named'; readonly name: string; readonly text: string }
  | { readonly kind: 'include'; readonly path: RepoPath; readonly constraint: boolean; readonly text: string }
  /** The project or another folder of the tree: would run its build. */
  | { readonly kind: 'folder'; readonly path: RepoPath; readonly extras: readonly string[]; readonly text: string }
  /** A file of the tree or an address: built from source unless it is a wheel. */
  | { readonly kind: 'direct'; readonly wheel: boolean; readonly text: string }
  | { readonly kind: 'option'; readonly text: string };

/** Cuts a requirements file into lines, without comments and with continued lines joined. */
export function readRequirements(text: string): readonly Line[] {
  return text
    .replace(/\\\r?\n/g, ' ')
    .split(/\r?\n/)
    .map((line) => line.replace(/(?:^|\s)#.*$/, '').trim())
    .filter((line) => line !== '')
    .map(readLine);
}

function readLine(text: string): Line {
  const include = /^(?:-r|-c|--requirement|--constraint)[\s=]*(\S+)/.exec(text);
  if (include?.[1] !== undefined)
    return { kind: 'include', path: include[1], constraint: /^(?:-c|--c)/.test(text), text };
  const editable = /^(?:-e|--editable)[\s=]*(.+)$/.exec(text)?.[1];
  const what = editable ?? text;
  if (editable === undefined && text.startsWith('-')) return { kind: 'option', text };
  const [, name, after = ''] =
    /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(.*)$/.exec(what) ?? [];
  if (name !== undefined && after.startsWith('@')) return direct(after.slice(1).trim(), text);
  if (isPlace(what)) return direct(what, text);
  return { kind: 'named', name: normalise(name ?? what), text };
}

const isPlace = (text: string): boolean =>
  /^(?:[a-z+]+:|[./])/i.test(text) ||
  /^[^\s;]*\/[^\s;]*/.test(text) ||
  /^\S+\.(?:whl|zip|tar\.\w+|tgz)(?:\s|;|$)/i.test(text);

function direct(place: string, text: string): Line {
  const target = (/^[^\s;[]*(?:\[[^\]]*\])?/.exec(place)?.[0] ?? '').replace(/^file:(?:\/\/)?/i, 'file:');
  const local = !/^[a-z+]+:\/\//i.test(target);
  const path = target.replace(/[?#[].*$/, '');
  if (!local || /\.(?:whl|zip|tar\.\w+|tgz)$/i.test(path))
    return { kind: 'direct', wheel: path.endsWith('.whl'), text };
  const extras = (/\[([^\]]*)\]/.exec(target)?.[1] ?? '').split(',').map((each) => each.trim());
  return { kind: 'folder', path: path.replace(/^file:/i, ''), extras: extras.filter((each) => each !== ''), text };
}

/** A package's name as indexes compare it. */
export const normalise = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-');

/** The path an include in `file` means, relative to the root of the tree; null when it leads out of it or to an address. */
export function includedFrom(file: string, path: RepoPath): string | null {
  if (/^[a-z+]+:/i.test(path) || path.startsWith('/')) return null;
  const joined = posix.normalize(posix.join(posix.dirname(file), path));
  return joined.startsWith('..') ? null : joined;
}
