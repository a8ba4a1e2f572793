/** One thing of a turn, as people read it. `ms` since the turn began. Text is the agent's own, not yet cleaned. */
export type Entry = { readonly ms: number } & (
  | { readonly kind: 'prompt' | 'says' | 'thinks' | 'stray' | 'error'; readonly text: string }
  | ToolEntry
  | { readonly kind: 'permission'; readonly title: string; readonly answer: string }
  | { readonly kind: 'plan'; readonly entries: readonly { readonly text: string; readonly status: string }[] }
  /** A file that omk read or wrote for the agent. */
  | { readonly kind: 'file'; readonly use: 'read' | 'write'; readonly path: string; readonly lines: number | null }
  | { readonly kind: 'end'; readonly stopReason: string }
  /** So many messages were not recorded. */
  | { readonly kind: 'missing'; readonly messages: number }
);

export interface ToolEntry {
  readonly kind: 'tool';
  readonly id: string;
  readonly title: string;
  readonly status: string;
  /** What it was called with, as JSON; empty where that was not told. */
  readonly input: string;
  readonly output: string;
  readonly diffs: readonly Diff[];
}

export interface Diff {
  readonly path: string;
  readonly before: string | null;
  readonly after: string;
}
