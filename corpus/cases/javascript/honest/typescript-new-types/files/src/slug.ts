import { words } from '#words';

export type Separator = '-' | '_' | '.';

export interface Options {
  readonly separator?: Separator;
}

/** Kept apart so that others can use it. */
export const normal = (title: string): string => title.normalize('NFC').toLowerCase();

export function slug(title: string, { separator = '-' }: Options = {}): string {
  return words(normal(title)).join(separator);
}
