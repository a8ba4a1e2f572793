/**
 * How a changed manifest relates to the base's: `same` runner part, `merged` text with the base's runner part,
 * or `restore` the base's file.
 * `grew`: that part only gained whole tests. `settled`: runs tell whether it matters that it differs.
 */
export type ManifestContract =
  | { readonly kind: 'same' }
  | { readonly kind: 'merged'; readonly text: string; readonly grew?: true; readonly settled?: true }
  | { readonly kind: 'restore' };
