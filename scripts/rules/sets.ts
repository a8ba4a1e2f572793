import type { KnownSet } from '../../src/proof/rules/known.ts';

type Sets = readonly KnownSet[];

/** Why a build must not go on, or null: a frozen set is what it was. */
export function changedSince(sets: Sets, digest: string): string | null {
  const current = sets.at(-1);
  if (!current || current.digest === null || current.digest === digest) return null;
  return (
    `the rules changed, and ${current.id} is frozen: freeze ${after(current)} with npm run rules -- freeze, ` +
    `or begin it with npm run rules -- next and go on changing it`
  );
}

/** The list with a next set that may change until it is frozen. */
export function next(sets: Sets): Sets {
  const current = sets.at(-1);
  if (current?.digest === null) return sets;
  const old = sets.map((each): KnownSet => (each.status === 'current' ? { ...each, status: 'superseded' } : each));
  return [...old, { id: current ? after(current) : 'judge/1', status: 'current', digest: null }];
}

/** The list with the current set frozen as it is, which is a next one where the frozen one has changed. */
export function freeze(sets: Sets, digest: string): Sets {
  const open = changedSince(sets, digest) === null ? sets : next(sets);
  return open.map((each) => (each.status === 'current' && each.digest === null ? { ...each, digest } : each));
}

/** A hole was found in a set that is no longer the current one. */
export function withdraw(sets: Sets, id: string, hole: string): Sets {
  const set = sets.find((each) => each.id === id);
  if (!set) throw new Error(`there is no set ${id}`);
  if (set.status === 'current')
    throw new Error(`${id} is the current set: mend the rules and begin the next one first`);
  return sets.map((each) => (each === set ? { ...each, status: 'withdrawn', hole } : each));
}

const after = ({ id }: KnownSet): string => `judge/${Number(id.slice('judge/'.length)) + 1}`;

/** The file that a frozen set is kept in, below share/rules. */
export const frozenFile = ({ id, digest }: KnownSet): string =>
  `${id.replace('/', '-')}-${(digest ?? '').slice(0, 12)}.js`;

/** `KNOWN_SETS` as source text. */
export const sourceOf = (sets: Sets): string =>
  sets.length === 0 ? '[]' : `[\n${sets.map((each) => `  ${JSON.stringify(each)},`).join('\n')}\n]`;
