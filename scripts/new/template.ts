/** What `npm run new` makes: files that are new, and what is put into files that are there. */
export interface Template {
  readonly files: ReadonlyMap<string, string>;
  /** A line in front of the last one that begins with `before`. */
  readonly lines: readonly { readonly path: string; readonly line: string; readonly before: string }[];
  /** A word in front of the last place of `before`. */
  readonly words?: readonly { readonly path: string; readonly word: string; readonly before: string }[];
  readonly next: readonly string[];
}

/** `my-runner` as a name in code. */
export const idOf = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
