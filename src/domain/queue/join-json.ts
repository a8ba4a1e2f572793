import { isRecord, type Members } from '../record.ts';

/** JSON that two sides changed, member by member; null where both changed one of them, or it cannot be read. Written as ours is. */
export function joinJson(base: string, ours: string, theirs: string): string | null {
  const parsed = [base, ours, theirs].map(parse);
  if (parsed.includes(undefined)) return null;
  const [from, one, other] = parsed;
  const joined = join(from, one, other);
  if (joined === CONFLICT) return null;
  const indent = /^[ \t]+(?=")/m.exec(ours)?.[0] ?? '';
  return `${JSON.stringify(joined, null, indent)}${/\n?$/.exec(ours)?.[0] ?? ''}`;
}

const CONFLICT = Symbol('conflict');

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Undefined: there is none. */
function join(base: unknown, ours: unknown, theirs: unknown): unknown {
  if (isSame(ours, theirs) || isSame(base, theirs)) return ours;
  if (isSame(base, ours)) return theirs;
  const from = base === undefined ? {} : base;
  return isRecord(from) && isRecord(ours) && isRecord(theirs) ? joinMembers(from, ours, theirs) : CONFLICT;
}

function joinMembers(base: Members, ours: Members, theirs: Members): unknown {
  const names = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])];
  const entries = names.map((name) => [name, join(own(base, name), own(ours, name), own(theirs, name))] as const);
  if (entries.some(([, value]) => value === CONFLICT)) return CONFLICT;
  const kept = entries.filter(([, value]) => value !== undefined);
  const inOrder = isSorted(Object.keys(ours)) && isSorted(Object.keys(theirs));
  return Object.fromEntries(inOrder ? kept.toSorted(([one], [other]) => (one < other ? -1 : 1)) : kept);
}

const own = (members: Members, name: string): unknown => (Object.hasOwn(members, name) ? members[name] : undefined);

const isSorted = (names: readonly string[]): boolean =>
  names.every((name, index) => index === 0 || (names[index - 1] ?? '') < name);
