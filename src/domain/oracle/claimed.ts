import type { Dispute } from '../git/snapshot.ts';
import type { RepoPath } from '../ids.ts';

/** Where a worker says so. Never part of a candidate. */
export const DISPUTES = 'omk-disputes.json';
const MOST = 20;

/** What a worker left there; nothing that does not read as it must. */
export function readDisputes(text: string): readonly Dispute[] {
  try {
    const value: unknown = JSON.parse(text);
    const list = typeof value === 'object' && value !== null ? Reflect.get(value, 'disputes') : null;
    if (!Array.isArray(list)) return [];
    return list
      .flatMap((each): readonly Dispute[] => {
        const { check, why } = Object.assign({ check: null, why: null }, each);
        if (typeof check !== 'string' || typeof why !== 'string' || check === '' || why.trim() === '') return [];
        return [{ check: check.slice(0, 500), why: why.trim().slice(0, 1000) }];
      })
      .slice(0, MOST);
  } catch {
    return [];
  }
}

/** Why others are written. */
export const whyDisputed = (paths: readonly RepoPath[]): string =>
  `a person says that these checks are wrong: ${paths.slice(0, 5).join(', ')}`;
