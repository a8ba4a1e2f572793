/** A text and its code behind it, which joins the codes that the text ends with. */
export const coded = (text: string, code: string): string =>
  / \([A-Z]_[A-Z_]+\)$/u.test(text) ? `${text.slice(0, -1)}, ${code})` : `${text} (${code})`;
