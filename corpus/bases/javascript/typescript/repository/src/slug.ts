import { words } from '#words';

export interface Options {
  readonly separator?: string;
}

export function slug(title: string, options: Options = {}): string {
  return words(title).join(options.separator ?? '-');
}
