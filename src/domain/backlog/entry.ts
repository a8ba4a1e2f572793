import type { Origin } from '../delivery/delivery.ts';
import type { Material } from '../delivery/material.ts';

/** One goal of a backlog, as it was written. */
export interface Entry {
  /** For people: `goals.md:3`, `goals/add.md` or `#42`. */
  readonly where: string;
  readonly prompt: string;
  readonly origin?: Origin;
  readonly material?: readonly Material[];
}

/** The text of an entry: what an editor changes without a person meaning it is no part of it. */
export const entryText = (text: string): string =>
  text
    .replace(/\r\n?/gu, '\n')
    .replace(/[ \t]+$/gmu, '')
    .trim();

/** What makes an entry this one: another text is another goal. */
export const entryIdentity = ({ prompt, origin, material }: Entry): string =>
  [
    entryText(prompt),
    origin?.kind === 'issue' ? origin.url : '',
    ...(material ?? []).map(({ text }) => entryText(text)),
  ].join('\0');

export interface Distinct<T> {
  readonly entries: readonly T[];
  /** Left out, with the one that says the same. */
  readonly twice: readonly { readonly entry: T; readonly as: T }[];
}

/** Each goal once, where it stands first. */
export function distinct<T extends { readonly digest: string }>(all: readonly T[]): Distinct<T> {
  const first = new Map<string, T>();
  const twice: { readonly entry: T; readonly as: T }[] = [];
  for (const entry of all) {
    const as = first.get(entry.digest);
    if (as) twice.push({ entry, as });
    else first.set(entry.digest, entry);
  }
  return { entries: [...first.values()], twice };
}
