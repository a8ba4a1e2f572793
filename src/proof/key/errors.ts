import { OmkError } from '../../domain/error.ts';

export const unusable = (path: string, why: string, cause?: unknown): OmkError =>
  new OmkError(
    'KEY_UNUSABLE',
    `The signing key ${path} ${why}.`,
    'Make one for omk with: ssh-keygen -t ed25519 -N "" -f ~/.ssh/omk_ed25519, and configure its path; ' +
      'or configure no key, and omk keeps its own.',
    cause === undefined ? {} : { cause },
  );

export const tooOpen = (path: string, mode: number, wanted: string): OmkError =>
  new OmkError(
    'KEY_PERMISSIONS',
    `${path} can be used by others on this machine (mode ${(mode & 0o777).toString(8)}).`,
    `chmod ${wanted} ${path}`,
  );
