/** A way through a tree, as Lezer's cursors go. */
export interface Cursor {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  firstChild(): boolean;
  nextSibling(): boolean;
  parent(): boolean;
}

/** What turns a text into a tree, whatever is in the text. */
export interface Grammar {
  parse(text: string): { cursor(): Cursor };
}
