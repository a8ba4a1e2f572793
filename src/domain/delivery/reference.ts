import { remotePlace, type RemotePlace } from './remote.ts';

/** A pull request or an issue. `place`: where its repository is; null: that of the remote. */
export interface Reference {
  readonly number: number;
  readonly place: RemotePlace | null;
}

/** `42`, `#42`, or the address of one; null for anything else. */
export function parseReference(text: string, kind: 'pull' | 'issues'): Reference | null {
  const [, plain] = /^#?(\d{1,9})$/u.exec(text) ?? [];
  if (plain !== undefined) return { number: Number(plain), place: null };
  const [, repository = '', of, number] =
    /^(https?:\/\/[^/]+\/[^/]+\/[^/]+)\/(pull|issues)\/(\d{1,9})(?:[/?#].*)?$/u.exec(text) ?? [];
  const place = remotePlace(repository);
  return of === kind && number !== undefined && place ? { number: Number(number), place } : null;
}
