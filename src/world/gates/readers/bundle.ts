import * as z from 'zod/mini';

/** Several files of one run as one report. Paths are relative to where they were found. */
export type Bundle = readonly { readonly path: string; readonly text: string }[];

const bundle = z.array(z.object({ path: z.string(), text: z.string() }));

export const toBundle = (files: Bundle): string =>
  JSON.stringify(
    [...files].sort((a, b) => (a.path < b.path ? -1 : 1)),
    null,
    1,
  );

/** Null when the text is no bundle. */
export function fromBundle(text: string): Bundle | null {
  try {
    return bundle.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
