import type { RefusalCode } from '../../../domain/git/snapshot.ts';
import { decodeName, type RawPath } from '../../../domain/git/path-bytes.ts';
import { prefixesOf } from '../paths.ts';

// Code points that HFS+ ignores when it compares names (git's own list).
const IGNORED = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/**
 * Would some file system take this name for `.git`? HFS+ ignores code points; NTFS ignores trailing dots, spaces
 * and streams, and knows short names.
 */
export function looksLikeDotGit(name: RawPath): boolean {
  const text = decodeName(name) ?? name;
  return text.split('\\').some((part) => {
    const bare = part.replace(IGNORED, '').toLowerCase();
    return /^(?:\.git|git~1)[ .]*(?::|$)/.test(bare);
  });
}

/** A link in the place of `.gitmodules` could make git read a file outside the tree; git refuses to store it. */
function looksLikeDotGitModules(name: RawPath): boolean {
  const bare = (decodeName(name) ?? name).replace(IGNORED, '').toLowerCase();
  return /^(?:\.?gitmod|gi[0-9a-f]{0,4}~)/.test(bare);
}

function invalidName(name: RawPath): string | null {
  const text = decodeName(name);
  if (text === null) return 'the name is not UTF-8';
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f-\u009f]/.test(text)) return 'the name contains a control character';
  if (text.includes('\\')) return 'the name contains a backslash';
  return null;
}

export interface NameProblem {
  /** The file, or the folder above it whose name is the problem. */
  readonly path: RawPath;
  readonly code: RefusalCode;
  readonly detail: string;
}

/**
 * Why a new path may not be in a candidate, judged by its names alone (trust rule T10). What the base calls its
 * folders is the base's affair.
 */
export function nameProblem(
  path: RawPath,
  kind: 'file' | 'link',
  inBase: (folder: RawPath) => boolean = () => false,
): NameProblem | null {
  for (const prefix of prefixesOf(path)) {
    const name = prefix.slice(prefix.lastIndexOf('/') + 1);
    if (looksLikeDotGit(name))
      return { path: prefix, code: 'E_DOT_GIT', detail: 'some systems take this name for .git' };
    const invalid = invalidName(name);
    if (invalid !== null && !(prefix !== path && inBase(prefix)))
      return { path: prefix, code: 'E_NAME_INVALID', detail: invalid };
  }
  const last = path.slice(path.lastIndexOf('/') + 1);
  if (kind === 'link' && looksLikeDotGitModules(last))
    return { path, code: 'E_DOT_GIT', detail: 'a link in the place of .gitmodules' };
  return null;
}

/** git refuses these in any tree it checks out, so not even the salvage can hold them. */
export function isStorable(path: RawPath, kind: 'file' | 'link'): boolean {
  return (
    !path.split('/').some(looksLikeDotGit) &&
    !(kind === 'link' && looksLikeDotGitModules(path.slice(path.lastIndexOf('/') + 1)))
  );
}
